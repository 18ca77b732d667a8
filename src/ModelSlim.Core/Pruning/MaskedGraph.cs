using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Pruning;

/// <summary>A masked original in the making. Values keep their names and shapes; nodes are added in the order they run.</summary>
internal sealed class MaskedGraph(GraphIndex index, ValueTrace trace, ChannelCuts cuts)
{
    private readonly ImmutableDictionary<string, TensorData>.Builder initializers = index.Graph.Initializers.ToBuilder();
    private readonly Dictionary<string, byte[]> zeroed = new(StringComparer.Ordinal);
    private readonly FreshNames names = new(index);
    private readonly ImmutableArray<Node>.Builder nodes = ImmutableArray.CreateBuilder<Node>();

    /// <summary>Adds a node as it is.</summary>
    public void Add(Node node) => nodes.Add(node);

    /// <summary>Makes a stored tensor zero wherever an axis loses an index.</summary>
    public void Zero(AxisRef axis)
    {
        var weights = index.Constant(axis.Value)!;
        var kept = Kept(axis).ToHashSet();
        if (!zeroed.TryGetValue(axis.Value, out var bytes))
        {
            zeroed[axis.Value] = bytes = weights.Bytes.ToArray();
        }

        var run = (int)TensorData.Count(weights.Shape[(axis.Axis + 1)..]) * TensorData.SizeOf(weights.Type);
        for (var start = 0; start < bytes.Length; start += run)
        {
            if (!kept.Contains(start / run % weights.Shape[axis.Axis]))
            {
                bytes.AsSpan(start, run).Clear();
            }
        }
    }

    /// <summary>Adds a node that reads zero wherever some axes of its inputs lose an index.</summary>
    public void AddGated(Node node, IEnumerable<AxisRef> axes)
    {
        foreach (var gated in axes.GroupBy(axis => axis.Value))
        {
            var value = gated.Aggregate(gated.Key, Gate);
            node = node with { Inputs = [.. node.Inputs.Select(input => input == gated.Key ? value : input)] };
        }

        nodes.Add(node);
    }

    /// <summary>
    /// Adds a node that sees only the channels that stay. The indices of its outputs that go hold copies of one that stays:
    /// nobody reads them.
    /// </summary>
    public void AddRestricted(Operator op, NodeView before)
    {
        var rewrite = op.Rewrite(before, before.After(cuts, _ => null));
        var inputs = rewrite.Node.Inputs.Select((input, i) => rewrite.Constants.TryGetValue(i, out var constant) ? Store($"{input}/kept", constant)
            : rewrite.Sizes.TryGetValue(i, out var sizes) ? Store($"{input}/kept", TensorData.Integers(trace.Types[input], trace.Shape(input), sizes.AsSpan()))
            : CutAxes(input).Aggregate(input, Take));
        var outputs = rewrite.Node.Outputs.ToArray();
        var whole = new List<Node>();
        for (var i = 0; i < outputs.Length; i++)
        {
            foreach (var axis in CutAxes(outputs[i]))
            {
                var shorter = names.Of($"{outputs[i]}/kept");
                whole.Add(Gather(shorter, axis.Axis, Spread(axis), outputs[i]));
                outputs[i] = shorter;
            }
        }

        nodes.Add(rewrite.Node with { Inputs = [.. inputs], Outputs = [.. outputs] });
        whole.Reverse();
        nodes.AddRange(whole);
    }

    /// <summary>The graph.</summary>
    public Graph Finish() =>
        (index.Graph with { Initializers = initializers.ToImmutable(), Nodes = nodes.ToImmutable() }).WithConstants(zeroed.ToDictionary(
            entry => entry.Key,
            entry => new TensorData(index.Constant(entry.Key)!.Type, index.Constant(entry.Key)!.Shape, entry.Value),
            StringComparer.Ordinal));

    private ImmutableArray<int> Kept(AxisRef axis) => cuts.Of(axis.Value, axis.Axis)!.Value;

    private IEnumerable<AxisRef> CutAxes(string value) =>
        Enumerable.Range(0, trace.Shapes.TryGetValue(value, out var shape) ? shape.Length : 0)
            .Select(axis => new AxisRef(value, axis))
            .Where(axis => cuts.Of(axis.Value, axis.Axis) is not null);

    private string Gate(string value, AxisRef axis)
    {
        // One extent for the axis, and 1 for each axis after it.
        var shape = trace.Shape(axis.Value);
        var type = trace.Types[axis.Value];
        var size = TensorData.SizeOf(type);
        var extents = ImmutableArray.Create(shape[axis.Axis]).AddRange(Enumerable.Repeat(1, shape.Length - axis.Axis - 1));
        var (factors, bytes) = (new float[extents[0]], new byte[extents[0] * size]);
        foreach (var kept in Kept(axis))
        {
            (factors[kept], bytes[kept * size]) = (1, 1);
        }

        var mask = new TensorData(type, extents, bytes);
        mask = mask.IsFloatingPoint ? mask.WithSingles(factors) : mask;
        var masked = names.Of($"{value}/masked");
        nodes.Add(new Node { OpType = "Mul", Inputs = [value, Store($"{value}/mask", mask)], Outputs = [masked] });
        return masked;
    }

    private string Take(string value, AxisRef axis)
    {
        var shorter = names.Of($"{value}/kept");
        nodes.Add(Gather(value, axis.Axis, [.. Kept(axis)], shorter));
        return shorter;
    }

    private long[] Spread(AxisRef axis)
    {
        var places = new long[trace.Shape(axis.Value)[axis.Axis]];
        var kept = Kept(axis);
        for (var i = 0; i < kept.Length; i++)
        {
            places[kept[i]] = i;
        }

        return places;
    }

    private Node Gather(string value, int axis, long[] places, string output) => new()
    {
        OpType = "Gather",
        Inputs = [value, Store($"{output}/places", TensorData.From([places.Length], places))],
        Outputs = [output],
        Attributes = ImmutableSortedDictionary.Create<string, AttributeValue>(StringComparer.Ordinal)
            .Add("axis", new AttributeValue.Int(axis)),
    };

    private string Store(string stem, TensorData tensor)
    {
        var name = names.Of(stem);
        initializers[name] = tensor;
        return name;
    }
}
