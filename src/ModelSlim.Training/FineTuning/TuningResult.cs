using System.Collections.Immutable;
using ModelSlim.Core.Onnx;

namespace ModelSlim.Training.FineTuning;

/// <summary>What fine-tuning gave.</summary>
/// <param name="Model">The student with other weights; its nodes and shapes are as they were.</param>
/// <param name="Epochs">One summary an epoch.</param>
/// <param name="Steps">Steps of all epochs, those that patience saved included.</param>
/// <param name="Kept">The epoch whose weights the model has.</param>
public sealed record TuningResult(OnnxModel Model, ImmutableArray<EpochSummary> Epochs, int Steps, KeptEpoch Kept);
