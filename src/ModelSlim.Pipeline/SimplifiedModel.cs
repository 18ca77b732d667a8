using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;

namespace ModelSlim.Pipeline;

/// <summary>A model without control flow that always takes one course.</summary>
/// <param name="Model">The model.</param>
/// <param name="Trace">What a run of it showed; null where there was no reason to run it.</param>
public sealed record SimplifiedModel(OnnxModel Model, ValueTrace? Trace);
