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
        var removed = new Dictionary<AxisRef, bool[]>();
        foreach (var cut in cuts)
        {
            // A group is taken out once it was cut: two cuts of one group could leave nothing of it.
            if (!groups.Remove(cut.Group, out var group) || group.Channels != cut.Channels
                || cut.Removed.Any(channel => channel < 0 || channel >= group.Channels)
                || cut.Removed.Distinct().Count() >= group.Channels)
            {
                return DiagnosticCodes.PlanMismatch.Says(
                    $"the plan removes {cut.Removed.Length} of {cut.Channels} channels of '{cut.Group}', which the model does not have like that; make the plan anew");
            }

            Collect(group, cut, trace, removed);
        }

        return new ChannelCuts(removed.Select(entry => KeyValuePair.Create(entry.Key, Kept(entry.Value))));
    }

    private static void Collect(ChannelGroup group, GroupCut cut, ValueTrace trace, Dictionary<AxisRef, bool[]> removed)
    {
        for (var member = 0; member < group.Members.Length && cut.Removed.Length > 0; member++)
        {
            var axis = group.Members[member];
            if (!removed.TryGetValue(axis, out var places))
            {
                removed[axis] = places = new bool[trace.Shape(axis.Value)[axis.Axis]];
            }

            foreach (var channel in cut.Removed)
            {
                foreach (var place in group.Places[channel][member])
                {
                    places[place] = true;
                }
            }
        }
    }

    private static ImmutableArray<int> Kept(bool[] removed) => [.. Enumerable.Range(0, removed.Length).Where(i => !removed[i])];
}
