using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Pruning;

/// <summary>
/// Groups that are built alike: whose axes belong to values that operators of the same types make and read in the same order
/// and place (Fang et al. 2024, "Isomorphic Pruning", section 3.2).
/// </summary>
internal sealed class CompetitionClasses
{
    private readonly GroupProgress[] progress;
    private readonly int[][] alike;

    /// <summary>Sorts groups into classes.</summary>
    public CompetitionClasses(GraphIndex index, GroupProgress[] progress)
    {
        this.progress = progress;
        var bySignature = Enumerable.Range(0, progress.Length)
            .ToLookup(i => string.Join(';', progress[i].Group.Members.Select(member => Role(index, member))), StringComparer.Ordinal);
        alike = new int[progress.Length][];
        foreach (var members in bySignature)
        {
            var together = members.ToArray();
            foreach (var i in together)
            {
                alike[i] = together;
            }
        }
    }

    /// <summary>The part of the channels of all groups built like one that are gone.</summary>
    public double Share(int group)
    {
        var (removed, channels) = (0L, 0L);
        foreach (var i in alike[group])
        {
            removed += progress[i].Removed;
            channels += progress[i].Group.Channels;
        }

        return (double)removed / channels;
    }

    private static string Role(GraphIndex index, AxisRef member)
    {
        var readers = index.Consumers(member.Value).Select(node => $"{node.Domain}:{node.OpType}.{node.Inputs.IndexOf(member.Value)}");
        return $"{index.Producer(member.Value)?.OpType}[{member.Axis}]>{string.Join(',', readers)}";
    }
}
