using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Pruning;

/// <summary>
/// Counts how much shorter axes get. An index that belongs to several channels, as where Reshape joins two axes that both get
/// shorter, goes with the first of them and comes back with the last.
/// </summary>
internal sealed class RemovedPlaces
{
    private readonly ImmutableArray<ChannelGroup> groups;

    // For each group and member: how many removed channels hold each index of the axis; null where no two channels share one.
    private readonly int[]?[][] holders;

    // For each group and member: how many indices every channel has there; 0 where they differ.
    private readonly int[][] uniform;

    /// <summary>Starts with nothing removed.</summary>
    public RemovedPlaces(ImmutableArray<ChannelGroup> groups, ValueTrace trace)
    {
        this.groups = groups;
        var byAxis = new Dictionary<AxisRef, int[]>();
        foreach (var group in groups)
        {
            for (var member = 0; member < group.Members.Length; member++)
            {
                var axis = group.Members[member];
                if (!byAxis.TryGetValue(axis, out var held))
                {
                    byAxis[axis] = held = new int[trace.Shape(axis.Value)[axis.Axis]];
                }

                foreach (var channel in group.Places)
                {
                    foreach (var place in channel[member])
                    {
                        held[place]++;
                    }
                }
            }
        }

        var shared = byAxis.Where(entry => entry.Value.Any(count => count > 1)).ToDictionary(entry => entry.Key, entry => entry.Value);
        foreach (var held in shared.Values)
        {
            Array.Clear(held);
        }

        holders = [.. groups.Select(group => group.Members.Select(shared.GetValueOrDefault).ToArray())];
        uniform = [.. groups.Select(group => group.Members.Select((_, member) => Uniform(group, member)).ToArray())];
    }

    /// <summary>Removes channels of a group. For each of its members: how many indices its axis loses.</summary>
    public int[] Remove(int group, ReadOnlySpan<int> channels) => Change(group, channels, 1, 0);

    /// <summary>Gives channels of a group back. For each of its members: how many indices its axis gets back.</summary>
    public int[] Restore(int group, ReadOnlySpan<int> channels) => Change(group, channels, -1, 1);

    private static int Uniform(ChannelGroup group, int member)
    {
        var count = group.Places[0][member].Length;
        foreach (var channel in group.Places)
        {
            if (channel[member].Length != count)
            {
                return 0;
            }
        }

        return count;
    }

    private int[] Change(int group, ReadOnlySpan<int> channels, int by, int edge)
    {
        var changed = new int[holders[group].Length];
        for (var member = 0; member < changed.Length; member++)
        {
            var held = holders[group][member];
            if (held is null && uniform[group][member] is > 0 and var count)
            {
                changed[member] = count * channels.Length;
                continue;
            }

            foreach (var channel in channels)
            {
                var places = groups[group].Places[channel][member];
                if (held is null)
                {
                    changed[member] += places.Length;
                    continue;
                }

                foreach (var place in places)
                {
                    changed[member] += held[place] == edge ? 1 : 0;
                    held[place] += by;
                }
            }
        }

        return changed;
    }
}
