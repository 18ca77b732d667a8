using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Dependencies;

namespace ModelSlim.Core.Pruning;

/// <summary>How far the planner is with one group: which channels go next, in blocks that keep the count aligned.</summary>
internal sealed class GroupProgress
{
    private readonly ChannelGroup group;
    private readonly ImmutableArray<double> scores;
    private readonly int[] order;
    private readonly int alignment;
    private readonly int floor;

    /// <summary>Starts with the whole group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="scores">A score per channel; low goes first.</param>
    /// <param name="alignment">What the number of channels that stay is a multiple of, unless all stay.</param>
    /// <param name="maxRatio">Largest fraction that may go.</param>
    public GroupProgress(ChannelGroup group, ImmutableArray<double> scores, int alignment, double maxRatio)
    {
        this.group = group;
        this.scores = scores;
        this.alignment = alignment;
        order = [.. Enumerable.Range(0, group.Channels).OrderBy(channel => scores[channel]).ThenBy(channel => channel)];
        floor = Math.Max(1, (int)Math.Ceiling(group.Channels * (1 - maxRatio) - 1e-9));
    }

    /// <summary>Id of the group.</summary>
    public string Id => group.Id;

    /// <summary>Number of channels before.</summary>
    public int Channels => group.Channels;

    /// <summary>Number of channels that go so far.</summary>
    public int Removed { get; private set; }

    /// <summary>The channels that go so far, ascending.</summary>
    public ImmutableArray<int> RemovedChannels => [.. order.Take(Removed).Order()];

    /// <summary>Number of channels of the next block, or 0 where the rest has to stay.</summary>
    public int NextBlock
    {
        get
        {
            var left = Channels - Removed;
            var block = left % alignment == 0 ? alignment : left % alignment;
            return left - block >= floor ? block : 0;
        }
    }

    /// <summary>Sum of the scores of the next block.</summary>
    public double NextScore => order.Skip(Removed).Take(NextBlock).Sum(channel => scores[channel]);

    /// <summary>How much shorter each axis gets when the channels at these places of the order go.</summary>
    public IEnumerable<KeyValuePair<AxisRef, int>> Shortened(int from, int count)
    {
        for (var member = 0; member < group.Members.Length; member++)
        {
            var gone = order.Skip(from).Take(count).Sum(channel => group.Places[channel][member].Length);
            yield return KeyValuePair.Create(group.Members[member], gone);
        }
    }

    /// <summary>Takes that many channels more, or gives them back where negative.</summary>
    public void Remove(int count) => Removed += count;
}
