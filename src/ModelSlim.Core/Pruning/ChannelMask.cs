using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Pruning;

/// <summary>
/// Masks in the original what a plan removes: wherever a removed channel is summed over, its weights become zero. The masked
/// original and the slim model then give the same outputs, unless a cut is approximate.
/// </summary>
/// <param name="catalog">What is known about operators.</param>
public sealed class ChannelMask(OperatorCatalog catalog)
{
    /// <summary>
    /// The original with masked weights. A node that sums over a removed channel without any stored weight, as a product of two
    /// computed values does, gets a Mul by zeros and ones before one of its inputs.
    /// </summary>
    public Graph Apply(GraphIndex index, ValueTrace trace, ChannelCuts cuts)
    {
        var initializers = index.Graph.Initializers.ToBuilder();
        var constants = new Dictionary<string, TensorData>(StringComparer.Ordinal);
        var nodes = ImmutableArray.CreateBuilder<Node>(index.Graph.Nodes.Length);
        var cutValues = cuts.Kept.Keys.Select(axis => axis.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var node in index.Graph.Nodes)
        {
            var summed = node.Inputs.Any(cutValues.Contains) && catalog.Find(node) is { } op
                ? op.Contracted(NodeView.Of(node, index, trace)).Where(axis => cuts.Of(axis.Value, axis.Axis) is not null).ToArray()
                : [];
            var stored = summed.Where(axis => index.Constant(axis.Value) is not null).ToArray();
            foreach (var axis in stored)
            {
                var weights = constants.GetValueOrDefault(axis.Value) ?? index.Constant(axis.Value)!;
                constants[axis.Value] = Zero(weights, axis.Axis, [.. cuts.Of(axis.Value, axis.Axis)!.Value]);
            }

            nodes.Add(summed.Length > 0 && stored.Length == 0 ? Gate(node, summed[0], index, trace, cuts, nodes, initializers) : node);
        }

        return (index.Graph with { Initializers = initializers.ToImmutable(), Nodes = nodes.ToImmutable() }).WithConstants(constants);
    }

    private static TensorData Zero(TensorData weights, int axis, HashSet<int> kept)
    {
        var bytes = weights.Bytes.ToArray();
        var run = (int)TensorData.Count(weights.Shape[(axis + 1)..]) * TensorData.SizeOf(weights.Type);
        for (var start = 0; start < bytes.Length; start += run)
        {
            if (!kept.Contains(start / run % weights.Shape[axis]))
            {
                bytes.AsSpan(start, run).Clear();
            }
        }

        return new TensorData(weights.Type, weights.Shape, bytes);
    }

    private static Node Gate(
        Node node,
        AxisRef axis,
        GraphIndex index,
        ValueTrace trace,
        ChannelCuts cuts,
        ImmutableArray<Node>.Builder nodes,
        ImmutableDictionary<string, TensorData>.Builder initializers)
    {
        var name = $"{axis.Value}/{node.Outputs[0]}/mask";
        while (index.Has(name) || index.Has($"{name}ed") || initializers.ContainsKey(name))
        {
            name += "'";
        }

        // One extent for the axis, and 1 for each axis after it.
        var shape = trace.Shape(axis.Value);
        var factors = new float[shape[axis.Axis]];
        foreach (var kept in cuts.Of(axis.Value, axis.Axis)!.Value)
        {
            factors[kept] = 1;
        }

        var type = trace.Types[axis.Value];
        var extents = ImmutableArray.Create(factors.Length).AddRange(Enumerable.Repeat(1, shape.Length - axis.Axis - 1));
        initializers[name] = new TensorData(type, extents, new byte[factors.Length * TensorData.SizeOf(type)]).WithSingles(factors);
        nodes.Add(new Node { OpType = "Mul", Inputs = [axis.Value, name], Outputs = [$"{name}ed"] });
        return node with { Inputs = node.Inputs.Replace(axis.Value, $"{name}ed") };
    }
}
