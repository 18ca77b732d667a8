using System.Collections.Immutable;

namespace ModelSlim.Core.Dependencies;

/// <summary>
/// Turns classes of cells into channels and channels into groups. A channel is a class that is no joined axis's, with every
/// joined cell that it takes along; channels on the same axes form a group.
/// </summary>
internal sealed class GroupCollector
{
    private readonly CellSpace cells;
    private readonly Dictionary<int, FreezeReason> frozen;
    private readonly ChannelClasses channels;
    private readonly Dictionary<int, string> mixed = [];
    private readonly int[] axisOfCell;
    private readonly List<ImmutableArray<int>> singles = [];
    private readonly OrderedDictionary<NumberList, (List<ImmutableArray<int>> Channels, string? Approximate)> groups = [];
    private readonly OrderedDictionary<(NumberList Axes, FreezeReason Reason), int> refusals = [];

    /// <summary>Prepares for classes that are settled.</summary>
    public GroupCollector(CellSpace cells, RelationCompiler relations, ChannelClasses channels, Dictionary<int, FreezeReason> frozen)
    {
        this.cells = cells;
        this.frozen = frozen;
        this.channels = channels;
        axisOfCell = new int[cells.Count];
        for (var axis = 0; axis < cells.Axes.Count; axis++)
        {
            Array.Fill(axisOfCell, axis, cells.Start(axis), cells.Extent(cells.Axes[axis]));
        }

        foreach (var (axis, reason) in relations.Mixed)
        {
            var (first, extent) = (cells.Cell(axis, 0), cells.Extent(axis));
            for (var i = 0; i < extent; i++)
            {
                mixed.TryAdd(cells.Class(first + i), reason);
            }
        }
    }

    /// <summary>Collects groups and refusals.</summary>
    public (ImmutableArray<ChannelGroup> Groups, ImmutableArray<Refusal> Refusals) Collect()
    {
        foreach (var classes in channels.All())
        {
            Sort(classes);
        }

        return (Named(), [.. refusals.Select(refusal => Told(refusal.Key.Reason, refusal.Key.Axes.Numbers, refusal.Value))]);
    }

    private void Sort(List<int> classes)
    {
        var channel = channels.Reach.Cells(classes);
        var axes = AxesOf(channel);
        var key = new NumberList(axes);
        var reason = classes.Where(frozen.ContainsKey).Order().Select(c => frozen[c]).MinBy(r => r.Kind);
        if (reason is null)
        {
            if (!groups.TryGetValue(key, out var group))
            {
                groups[key] = group = ([], classes.Select(c => mixed.GetValueOrDefault(c)).FirstOrDefault(r => r is not null));
            }

            group.Channels.Add(channel);
        }
        else if (reason.Kind != FreezeKind.Unmentioned || !(axes.All(channels.IsWeight) || axes.All(axis => cells.Extent(cells.Axes[axis]) == 1)))
        {
            refusals[(key, reason)] = refusals.GetValueOrDefault((key, reason)) + 1;
        }
    }

    private ImmutableArray<ChannelGroup> Named()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var named = ImmutableArray.CreateBuilder<ChannelGroup>();
        foreach (var (key, (members, approximate)) in groups.Where(group => group.Value.Channels.Count > 1).OrderBy(group => group.Key.Numbers[0]))
        {
            var axes = key.Numbers;
            var first = cells.Axes[axes.First(channels.IsWeight)].Value;
            var name = first;
            for (var copy = 2; !names.Add(name); copy++)
            {
                name = $"{first}#{copy}";
            }

            named.Add(new ChannelGroup
            {
                Id = name,
                Members = [.. axes.Select(axis => cells.Axes[axis])],
                Places = [.. members.Select(Places)],
                Approximate = approximate,
            });
        }

        return named.ToImmutable();
    }

    // Cells are numbered axis by axis, so a sorted channel is one run an axis.
    private int[] AxesOf(ImmutableArray<int> channel)
    {
        var axes = new List<int>();
        foreach (var cell in channel)
        {
            if (axes.Count == 0 || axes[^1] != axisOfCell[cell])
            {
                axes.Add(axisOfCell[cell]);
            }
        }

        return [.. axes];
    }

    private ImmutableArray<ImmutableArray<int>> Places(ImmutableArray<int> channel)
    {
        var places = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        for (var (from, to) = (0, 0); from < channel.Length; from = to)
        {
            var axis = axisOfCell[channel[from]];
            while (to < channel.Length && axisOfCell[channel[to]] == axis)
            {
                to++;
            }

            var start = cells.Start(axis);
            places.Add(to - from == 1
                ? Single(channel[from] - start)
                : [.. channel.AsSpan()[from..to].ToArray().Select(cell => cell - start)]);
        }

        return places.DrainToImmutable();
    }

    // Most channels have one place an axis; those lists are shared, since a large net has millions of them.
    private ImmutableArray<int> Single(int place)
    {
        while (singles.Count <= place)
        {
            singles.Add([singles.Count]);
        }

        return singles[place];
    }

    private Refusal Told(FreezeReason reason, int[] axes, int count) => new(
        reason.Node, reason.Text, [.. axes.Where(channels.IsWeight).Select(axis => cells.Axes[axis])], count);
}
