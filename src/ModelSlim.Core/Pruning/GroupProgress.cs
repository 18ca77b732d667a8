using System.Collections.Immutable;
using ModelSlim.Core.Dependencies;

namespace ModelSlim.Core.Pruning;

/// <summary>How far the planner is with one group: which channels go next, in blocks that keep the count aligned.</summary>
internal sealed class GroupProgress
{
    private readonly int[] order;
    private readonly double[] scoreUpTo;
    private readonly WidthSteps widths;
    private readonly int floor;

    /// <summary>Starts with the whole group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="scores">A score per channel; low goes first.</param>
    /// <param name="widths">The numbers of channels that may stay, unless all stay.</param>
    /// <param name="maxRatio">Largest fraction that may go.</param>
    public GroupProgress(ChannelGroup group, ImmutableArray<double> scores, WidthSteps widths, double maxRatio)
    {
        Group = group;
        this.widths = widths;
        order = [.. Enumerable.Range(0, group.Channels).OrderBy(channel => scores[channel]).ThenBy(channel => channel)];
        scoreUpTo = new double[order.Length + 1];
        for (var i = 0; i < order.Length; i++)
        {
            scoreUpTo[i + 1] = scoreUpTo[i] + scores[order[i]];
        }

        floor = Math.Max(1, (int)Math.Ceiling(group.Channels * (1 - maxRatio) - 1e-9));
    }

    /// <summary>The group.</summary>
    public ChannelGroup Group { get; }

    /// <summary>Number of channels that go so far.</summary>
    public int Removed { get; private set; }

    /// <summary>The channels that go so far, ascending.</summary>
    public ImmutableArray<int> RemovedChannels => [.. order.Take(Removed).Order()];

    /// <summary>Number of channels of the next block, or 0 where the rest has to stay.</summary>
    public int NextBlock
    {
        get
        {
            var left = order.Length - Removed;
            var next = widths.Below(left);
            return next >= floor ? left - next : 0;
        }
    }

    /// <summary>Sum of the scores of the next block.</summary>
    public double NextScore => scoreUpTo[Removed + NextBlock] - scoreUpTo[Removed];

    /// <summary>How much time the next block saves for what is computed less (<see cref="WidthSteps.Gain"/>).</summary>
    public double NextGain => widths.Gain(order.Length - Removed, order.Length - Removed - NextBlock);

    /// <summary>The channels of the next block.</summary>
    public ReadOnlySpan<int> NextChannels => order.AsSpan(Removed, NextBlock);

    /// <summary>What a block is divided into where it goes much too far (<see cref="WidthSteps.Fine"/>).</summary>
    public int FineStep(int block) => widths.Fine(block);

    /// <summary>Takes the next channels.</summary>
    /// <returns>Those channels.</returns>
    public ReadOnlySpan<int> Take(int count)
    {
        var taken = order.AsSpan(Removed, count);
        Removed += count;
        return taken;
    }

    /// <summary>Gives the channels taken last back.</summary>
    /// <returns>Those channels.</returns>
    public ReadOnlySpan<int> GiveBack(int count)
    {
        Removed -= count;
        return order.AsSpan(Removed, count);
    }
}
