using ModelSlim.Core.Axes;
using ModelSlim.Core.Costs;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;

namespace ModelSlim.Pipeline;

/// <summary>A model after its cuts, with the weights that were left.</summary>
/// <param name="Model">The slim model.</param>
/// <param name="Cuts">What is left of every axis that got shorter.</param>
/// <param name="Trace">Shapes of the slim model.</param>
/// <param name="Cost">What it costs, counted anew.</param>
/// <param name="MaskedError">
/// Largest difference from the masked original, of outputs and of inner values, each relative to its largest element; null where
/// that cannot be told.
/// </param>
public sealed record CutModel(OnnxModel Model, ChannelCuts Cuts, ValueTrace Trace, ModelCost Cost, double? MaskedError);
