using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Dependencies;

/// <summary>
/// Turns classes of cells into channels and channels into groups. A channel is a class that is no joined axis's, with every
/// joined cell that it takes along; channels on the same axes form a group.
/// </summary>
internal sealed class GroupCollector(
    CellSpace cells, RelationCompiler relations, Dictionary<int, FreezeReason> frozen, GraphIndex index)
{
    private readonly int[] axisOfCell = NumberAxes(cells);
    private readonly List<int>[] members = new List<int>[cells.Count];
    private readonly Dictionary<int, List<int>> takesAlong = [];
    private readonly HashSet<int> joined = [];
    private readonly Dictionary<int, string> mixed = [];

    /// <summary>Collects groups and refusals.</summary>
    public (ImmutableArray<ChannelGroup> Groups, ImmutableArray<Refusal> Refusals) Collect()
    {
        FillMembers();
        FollowProducts();
        foreach (var (axis, reason) in relations.Mixed)
        {
            for (var i = 0; i < cells.Extent(axis); i++)
            {
                mixed.TryAdd(cells.Class(cells.Cell(axis, i)), reason);
            }
        }

        var groups = new Dictionary<string, (int[] Axes, List<List<int>> Channels, string? Approximate)>(StringComparer.Ordinal);
        var refusals = new Dictionary<string, (FreezeReason Reason, int[] Axes, int Channels)>(StringComparer.Ordinal);
        for (var cell = 0; cell < cells.Count; cell++)
        {
            if (cells.Class(cell) == cell && !joined.Contains(cell))
            {
                Sort(cell, groups, refusals);
            }
        }

        return (Named(groups.Values), [.. refusals.Values.Select(Told)]);
    }

    private void FillMembers()
    {
        for (var cell = 0; cell < cells.Count; cell++)
        {
            (members[cells.Class(cell)] ??= []).Add(cell);
        }
    }

    private void FollowProducts()
    {
        foreach (var product in relations.Products)
        {
            for (var i = 0; i < cells.Extent(product.Merged); i++)
            {
                var merged = cells.Class(cells.Cell(product.Merged, i));
                joined.Add(merged);
                for (var factor = 0; factor < product.Factors.Length; factor++)
                {
                    var driver = cells.Class(cells.Cell(product.Factors[factor], product.Places[factor][i]));
                    if (!takesAlong.TryGetValue(driver, out var taken))
                    {
                        takesAlong[driver] = taken = [];
                    }

                    taken.Add(merged);
                }
            }
        }
    }

    private void Sort(
        int root,
        Dictionary<string, (int[] Axes, List<List<int>> Channels, string? Approximate)> groups,
        Dictionary<string, (FreezeReason Reason, int[] Axes, int Channels)> refusals)
    {
        var classes = Closure(root);
        var channel = classes.SelectMany(c => members[c]).Order().ToList();
        var axes = channel.Select(AxisOf).Distinct().ToArray();
        if (!axes.Any(IsStored))
        {
            return;
        }

        var key = string.Join(',', axes);
        var reason = classes.Where(frozen.ContainsKey).Select(c => frozen[c]).MinBy(r => r.Kind);
        if (reason is null)
        {
            if (!groups.TryGetValue(key, out var group))
            {
                groups[key] = group = (axes, [], classes.Select(c => mixed.GetValueOrDefault(c)).FirstOrDefault(r => r is not null));
            }

            group.Channels.Add(channel);
        }
        else if (reason.Kind != FreezeKind.Unmentioned || !axes.All(IsStored))
        {
            var refusal = refusals.GetValueOrDefault(key + reason, (reason, axes, 0));
            refusals[key + reason] = refusal with { Item3 = refusal.Item3 + 1 };
        }
    }

    private SortedSet<int> Closure(int root)
    {
        var found = new SortedSet<int> { root };
        var open = new Stack<int>([root]);
        while (open.TryPop(out var current))
        {
            foreach (var next in takesAlong.GetValueOrDefault(current, []))
            {
                if (found.Add(next))
                {
                    open.Push(next);
                }
            }
        }

        return found;
    }

    private ImmutableArray<ChannelGroup> Named(IEnumerable<(int[] Axes, List<List<int>> Channels, string? Approximate)> found)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var groups = ImmutableArray.CreateBuilder<ChannelGroup>();
        foreach (var (axes, channels, approximate) in found.Where(group => group.Channels.Count > 1).OrderBy(group => group.Axes[0]))
        {
            var first = cells.Axes[axes.First(IsStored)].Value;
            var name = first;
            for (var copy = 2; !names.Add(name); copy++)
            {
                name = $"{first}#{copy}";
            }

            groups.Add(new ChannelGroup
            {
                Id = name,
                Members = [.. axes.Select(axis => cells.Axes[axis])],
                Places = [.. channels.Select(channel => Places(channel, axes))],
                Approximate = approximate,
            });
        }

        return groups.ToImmutable();
    }

    // Cells are numbered axis by axis, so a sorted channel is already one run an axis.
    private ImmutableArray<ImmutableArray<int>> Places(List<int> channel, int[] axes)
    {
        var byAxis = channel.ToLookup(AxisOf, cell => cell);
        return [.. axes.Select(axis => byAxis[axis].Select(cell => cell - cells.Start(axis)).ToImmutableArray())];
    }

    private Refusal Told((FreezeReason Reason, int[] Axes, int Channels) refusal) => new(
        refusal.Reason.Node,
        refusal.Reason.Text,
        [.. refusal.Axes.Where(IsStored).Select(axis => cells.Axes[axis])],
        refusal.Channels);

    private int AxisOf(int cell) => axisOfCell[cell];

    // A weight: a stored tensor of floating-point numbers.
    private bool IsStored(int axis) => index.Constant(cells.Axes[axis].Value) is { IsFloatingPoint: true };

    private static int[] NumberAxes(CellSpace cells)
    {
        var axes = new int[cells.Count];
        for (var axis = 0; axis < cells.Axes.Count; axis++)
        {
            var reference = cells.Axes[axis];
            Array.Fill(axes, axis, cells.Start(axis), cells.Extent(reference));
        }

        return axes;
    }
}
