using System.Collections.Immutable;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Importance;

/// <summary>
/// Scores from what training left of the channels (Liu et al. 2017, "Network Slimming", section 3): all channels of a model are
/// in one unit, so that one threshold goes through all groups; their mean is 1. A group that training says nothing of is scored
/// by <see cref="MagnitudeCriterion"/>.
/// </summary>
public sealed class StrengthScores
{
    /// <summary>Makes scores.</summary>
    /// <param name="index">The trained graph.</param>
    /// <param name="dependencies">Its groups.</param>
    /// <param name="strengths">By id of the group: what is left of each channel, not negative.</param>
    public ImportanceScores Of(
        GraphIndex index, DependencyGraph dependencies, IReadOnlyDictionary<string, ImmutableArray<double>> strengths)
    {
        var all = dependencies.Groups.Where(group => strengths.ContainsKey(group.Id)).SelectMany(group => strengths[group.Id]).ToArray();
        var mean = all.Length == 0 ? 0 : all.Average();
        var magnitudes = dependencies.Groups.All(group => strengths.ContainsKey(group.Id))
            ? null
            : new MagnitudeCriterion().Score(index, dependencies);
        return new ImportanceScores(dependencies.Groups.ToImmutableDictionary(
            group => group.Id,
            group => strengths.TryGetValue(group.Id, out var strength)
                ? [.. strength.Select(value => mean > 0 ? value / mean : 1)]
                : magnitudes!.ByGroup[group.Id],
            StringComparer.Ordinal));
    }
}
