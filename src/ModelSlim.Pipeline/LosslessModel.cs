using System.Collections.Immutable;
using ModelSlim.Core.Lossless;

namespace ModelSlim.Pipeline;

/// <summary>A model without the channels that do nothing of their own.</summary>
/// <param name="Analysis">What is known about it; the analysis of the model as it was given where nothing went.</param>
/// <param name="Removals">What went.</param>
public sealed record LosslessModel(ModelAnalysis Analysis, ImmutableArray<LosslessRemoval> Removals);
