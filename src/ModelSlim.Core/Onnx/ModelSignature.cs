using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Onnx;

/// <summary>What a caller must know of a model: what goes in, and what comes out.</summary>
/// <param name="Inputs">Inputs that the caller feeds, in the order of the file.</param>
/// <param name="Outputs">Outputs, in the order of the file.</param>
/// <param name="HasExternalData">Whether a tensor has its data in another file.</param>
public sealed record ModelSignature(ImmutableArray<GraphValue> Inputs, ImmutableArray<GraphValue> Outputs, bool HasExternalData = false);
