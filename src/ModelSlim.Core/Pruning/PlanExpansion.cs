using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Pruning;

/// <summary>Works out which indices of which axes a plan leaves.</summary>
public sealed class PlanExpansion
{
    /// <summary>Expands a plan.</summary>
    /// <returns>The cuts, or MSLIM5003 where the plan does not fit the groups of the model.</returns>
    public Result<ChannelCuts> Expand(IEnumerable<GroupCut> cuts, DependencyGraph dependencies, ValueTrace trace)
    {
        var groups = dependencies.Groups.ToDictionary(group => group.Id, StringComparer.Ordinal);
        var removed = new SortedDictionary<AxisRef, SortedSet<int>>();
        foreach (var cut in cuts)
        {
            if (!groups.TryGetValue(cut.Group, out var group) || group.Channels != cut.Channels
                || cut.Removed.Any(channel => channel < 0 || channel >= group.Channels)
                || cut.Removed.Distinct().Count() >= group.Channels)
            {
                return DiagnosticCodes.PlanMismatch.Says(
                    $"the plan removes {cut.Removed.Length} of {cut.Channels} channels of '{cut.Group}', which the model does not have like that; make the plan anew");
            }

            Collect(group, cut, removed);
        }

        return new ChannelCuts(removed.Select(entry => KeyValuePair.Create(
            entry.Key,
            Enumerable.Range(0, trace.Shape(entry.Key.Value)[entry.Key.Axis]).Where(i => !entry.Value.Contains(i)).ToImmutableArray())));
    }

    private static void Collect(ChannelGroup group, GroupCut cut, SortedDictionary<AxisRef, SortedSet<int>> removed)
    {
        for (var member = 0; member < group.Members.Length && cut.Removed.Length > 0; member++)
        {
            if (!removed.TryGetValue(group.Members[member], out var places))
            {
                removed[group.Members[member]] = places = [];
            }

            foreach (var channel in cut.Removed)
            {
                places.UnionWith(group.Places[channel][member]);
            }
        }
    }
}
