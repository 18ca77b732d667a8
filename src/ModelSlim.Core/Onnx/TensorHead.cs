using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Onnx;

/// <summary>What a stored tensor is, without its elements.</summary>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Extent of each axis.</param>
public sealed record TensorHead(ElementType Type, ImmutableArray<int> Shape);
