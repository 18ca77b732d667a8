using System.Collections.Immutable;

namespace ModelSlim.Core.Importance;

/// <summary>A score for each channel of each group; low goes first. Scores of a group have mean 1.</summary>
/// <param name="ByGroup">For each group, in the order of the dependency graph: a score per channel.</param>
public sealed record ImportanceScores(ImmutableArray<ImmutableArray<double>> ByGroup);
