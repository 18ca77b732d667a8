using System.Collections.Immutable;

namespace ModelSlim.Core.Importance;

/// <summary>A score for each channel of each group; low goes first. Wherever scores come from, this is what plans are made of.</summary>
/// <param name="ByGroup">By id of the group: a score per channel, finite and not negative.</param>
public sealed record ImportanceScores(ImmutableDictionary<string, ImmutableArray<double>> ByGroup)
{
    /// <summary>
    /// True where scores of different groups say in one unit what their channels are worth, so that all can compete where the
    /// recipe leaves the scope open.
    /// </summary>
    public bool AreComparable { get; init; }
}
