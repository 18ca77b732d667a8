using System.Collections.Immutable;

namespace ModelSlim.Core.Importance;

/// <summary>
/// A score for each channel of each group; low goes first. Wherever scores come from, this is what plans are made of: those of
/// several groups are compared with each other, so all are in one unit.
/// </summary>
/// <param name="ByGroup">By id of the group: a score per channel, finite and not negative.</param>
public sealed record ImportanceScores(ImmutableDictionary<string, ImmutableArray<double>> ByGroup);
