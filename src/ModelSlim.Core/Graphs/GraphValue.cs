using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Graphs;

/// <summary>A declared input or output of a graph (ONNX <c>ValueInfoProto</c>).</summary>
/// <param name="Name">Name of the value.</param>
/// <param name="Type">Element type; Undefined where the file does not say or the value is no tensor.</param>
/// <param name="Shape">Declared axes; default (not initialised) where the rank is not declared.</param>
public sealed record GraphValue(string Name, ElementType Type, ImmutableArray<Dimension> Shape);
