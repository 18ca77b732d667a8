using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Pruning;

/// <summary>Makes cuts: slices stored tensors and lets each operator rewrite what states sizes. Decides nothing.</summary>
/// <param name="catalog">What is known about operators.</param>
public sealed class CutApplier(OperatorCatalog catalog)
{
    /// <summary>The graph after the cuts. Values keep their names.</summary>
    public Graph Apply(GraphIndex index, ValueTrace trace, ChannelCuts cuts)
    {
        var graph = index.Graph;
        var initializers = graph.Initializers.ToBuilder();
        foreach (var (name, tensor) in graph.Initializers)
        {
            initializers[name] = Slice(name, tensor, cuts);
        }

        var nodes = ImmutableArray.CreateBuilder<Node>(graph.Nodes.Length);
        foreach (var node in graph.Nodes)
        {
            nodes.Add(Rewrite(node, index, trace, cuts, initializers));
        }

        var replaced = graph.Nodes.Zip(nodes)
            .SelectMany(pair => pair.First.Inputs.Except(pair.Second.Inputs))
            .ToHashSet(StringComparer.Ordinal);
        return Sweep(graph with { Nodes = nodes.ToImmutable(), Initializers = initializers.ToImmutable() }, replaced);
    }

    // A constant that was replaced everywhere would stay in the file for nobody.
    private static Graph Sweep(Graph graph, HashSet<string> replaced)
    {
        replaced.ExceptWith(graph.Nodes.SelectMany(GraphIndex.Captured));
        replaced.ExceptWith(graph.Outputs.Select(output => output.Name));
        return replaced.Count == 0 ? graph : graph with
        {
            Nodes = graph.Nodes.RemoveAll(node => node.OpType == "Constant" && replaced.Contains(node.Outputs[0])),
            Initializers = graph.Initializers.RemoveRange(replaced),
        };
    }

    private static TensorData Slice(string name, TensorData tensor, ChannelCuts cuts)
    {
        for (var axis = 0; axis < tensor.Shape.Length; axis++)
        {
            if (cuts.Of(name, axis) is { } kept)
            {
                tensor = tensor.Take(axis, kept.AsSpan());
            }
        }

        return tensor;
    }

    private Node Rewrite(
        Node node,
        GraphIndex index,
        ValueTrace trace,
        ChannelCuts cuts,
        ImmutableDictionary<string, TensorData>.Builder initializers)
    {
        if (node.OpType == "Constant" && node.GetTensor("value") is { } stored)
        {
            var sliced = Slice(node.Outputs[0], stored, cuts);
            return ReferenceEquals(sliced, stored) ? node : node.With("value", new AttributeValue.Tensor(sliced));
        }

        if (catalog.Find(node) is not { } op || !node.Inputs.Concat(node.Outputs).Any(value => IsCut(value, trace, cuts)))
        {
            return node;
        }

        var before = NodeView.Of(node, index, trace);
        var after = before.With(value =>
            trace.Shapes.TryGetValue(value, out var shape) ? cuts.Shorten(value, shape) : default);
        var rewrite = op.Rewrite(before, after);
        var inputs = rewrite.Node.Inputs;
        foreach (var (input, tensor) in rewrite.Constants)
        {
            if (!tensor.Bytes.Span.SequenceEqual(before.Constant(input)!.Bytes.Span))
            {
                inputs = inputs.SetItem(input, Store(node, input, tensor, index, initializers));
            }
        }

        return inputs.SequenceEqual(rewrite.Node.Inputs) ? rewrite.Node : rewrite.Node with { Inputs = inputs };
    }

    private static bool IsCut(string value, ValueTrace trace, ChannelCuts cuts) =>
        trace.Shapes.TryGetValue(value, out var shape) && !cuts.Shorten(value, shape).SequenceEqual(shape);

    // Other nodes may use the old constant, so the new one gets a name of its own.
    private static string Store(
        Node node, int input, TensorData tensor, GraphIndex index, ImmutableDictionary<string, TensorData>.Builder initializers)
    {
        var name = $"{node.Inputs[input]}/{node.Outputs[0]}";
        while (index.Has(name) || initializers.ContainsKey(name))
        {
            name += "'";
        }

        initializers[name] = tensor;
        return name;
    }
}
