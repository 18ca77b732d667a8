using System.Collections.Immutable;
using ModelSlim.Core.Onnx;
using ModelSlim.Training.FineTuning;

namespace ModelSlim.Training.Sparsity;

/// <summary>What sparse training gave.</summary>
/// <param name="Model">The student with other weights; its nodes and shapes are as they were, factors are folded back.</param>
/// <param name="Strengths">
/// For each group, by its id, what is left of each channel: the length of the vector of the factors behind it, which a folded
/// model no longer shows. All groups are in one unit; 0 is a channel that does nothing.
/// </param>
/// <param name="Epochs">One summary an epoch.</param>
public sealed record SparseResult(
    OnnxModel Model, ImmutableSortedDictionary<string, ImmutableArray<double>> Strengths, ImmutableArray<EpochSummary> Epochs);
