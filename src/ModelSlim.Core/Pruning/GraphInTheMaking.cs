using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Pruning;

/// <summary>A cut graph as it grows, node by node. Names it makes up are in neither the old graph nor the new one.</summary>
internal sealed class GraphInTheMaking
{
    private readonly GraphIndex index;
    private readonly ValueTrace trace;
    private readonly ChannelCuts cuts;
    private readonly ImmutableDictionary<string, TensorData>.Builder initializers;
    private readonly ImmutableArray<Node>.Builder nodes = ImmutableArray.CreateBuilder<Node>();
    private readonly FreshNames names;
    private readonly HashSet<string> replaced = new(StringComparer.Ordinal);

    /// <summary>Starts with the stored tensors, sliced.</summary>
    public GraphInTheMaking(GraphIndex index, ValueTrace trace, ChannelCuts cuts)
    {
        this.index = index;
        this.trace = trace;
        this.cuts = cuts;
        names = new FreshNames(index);
        initializers = index.Graph.Initializers.ToBuilder();
        foreach (var (name, tensor) in index.Graph.Initializers)
        {
            initializers[name] = Slice(name, tensor);
        }
    }

    /// <summary>Adds a node.</summary>
    public void Add(Node node) => nodes.Add(node);

    /// <summary>Adds a Constant node with its tensor sliced.</summary>
    public void AddConstant(Node node)
    {
        var stored = index.Constant(node.Outputs[0])!;
        var sliced = Slice(node.Outputs[0], stored);
        nodes.Add(ReferenceEquals(sliced, stored) ? node : node with
        {
            Attributes = ImmutableSortedDictionary.Create<string, AttributeValue>(StringComparer.Ordinal)
                .Add("value", new AttributeValue.Tensor(sliced)),
        });
    }

    /// <summary>Adds a node that measures a shape, and what brings its output back to what it was.</summary>
    public void AddRestored(Node node, ImmutableArray<long> now, ImmutableArray<long> before, bool isFixed)
    {
        var output = node.Outputs[0];
        if (isFixed)
        {
            replaced.Add(node.Inputs[0]);
            nodes.Add(node with
            {
                OpType = "Constant",
                Inputs = [],
                Attributes = ImmutableSortedDictionary.Create<string, AttributeValue>(StringComparer.Ordinal)
                    .Add("value", new AttributeValue.Tensor(TensorData.Integers(ElementType.Int64, trace.Shape(output), before.AsSpan()))),
            });
            return;
        }

        var measured = names.Of($"{output}/measured");
        nodes.Add(node with { Outputs = [measured] });
        nodes.AddRange(SizeOverride.Scale(measured, output, ElementType.Int64, trace.Shape(output), now, before, Store));
    }

    /// <summary>Adds a node as its operator wants it.</summary>
    /// <param name="after">The node before it was rewritten, with what holds after the cuts.</param>
    /// <param name="rewrite">What the operator wants.</param>
    public void AddRewritten(NodeView after, NodeRewrite rewrite)
    {
        var node = rewrite.Node;
        foreach (var (input, tensor) in rewrite.Constants)
        {
            node = WithInput(node, input, Store(Beside(after.Node, input), tensor));
        }

        foreach (var (input, wanted) in rewrite.Sizes)
        {
            var now = after.Integers(input);
            if (!now.SequenceEqual(wanted))
            {
                node = WithInput(node, input, Sizes(after, input, now, wanted));
            }
        }

        nodes.Add(node);
    }

    /// <summary>The graph, without what only served what was replaced.</summary>
    public Graph Finish()
    {
        var kept = nodes.ToList();
        var outputs = index.Graph.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        while (replaced.Count > 0)
        {
            replaced.ExceptWith(kept.SelectMany(GraphIndex.Captured));
            replaced.ExceptWith(outputs);
            var idle = kept.Where(node => node.Outputs.Any(replaced.Contains) && node.Outputs.All(IsIdle(kept, outputs))).ToArray();
            initializers.RemoveRange(replaced);
            replaced.Clear();
            foreach (var node in idle)
            {
                kept.Remove(node);
                replaced.UnionWith(GraphIndex.Captured(node));
            }
        }

        return index.Graph with { Nodes = [.. kept], Initializers = initializers.ToImmutable() };
    }

    private static Func<string, bool> IsIdle(List<Node> kept, HashSet<string> outputs)
    {
        var used = kept.SelectMany(GraphIndex.Captured).Concat(outputs).ToHashSet(StringComparer.Ordinal);
        return output => !used.Contains(output);
    }

    private string Sizes(NodeView after, int input, ImmutableArray<long> now, ImmutableArray<long> wanted)
    {
        var value = after.Node.Inputs[input];
        var constant = after.Constant(input);
        var (type, shape) = (constant?.Type ?? trace.Types[value], constant?.Shape ?? trace.Shape(value));
        if (Enumerable.Range(0, now.Length).All(element => after.IsFixed(input, element)))
        {
            return Store(Beside(after.Node, input), TensorData.Integers(type, shape, wanted.AsSpan()));
        }

        var result = names.Of(Beside(after.Node, input));
        nodes.AddRange(SizeOverride.Scale(value, result, type, shape, now, wanted, Store));
        return result;
    }

    private Node WithInput(Node node, int input, string value)
    {
        if (node.Input(input) is { Length: > 0 } old)
        {
            replaced.Add(old);
        }

        var inputs = node.Inputs.AddRange(Enumerable.Repeat("", Math.Max(0, input + 1 - node.Inputs.Length)));
        return node with { Inputs = inputs.SetItem(input, value) };
    }

    // Other nodes may use the old value, so the new one gets a name of its own.
    private static string Beside(Node node, int input) => $"{(node.Input(input) is { Length: > 0 } name ? name : $"input{input}")}/{node.Outputs[0]}";

    private string Store(string name, TensorData tensor)
    {
        var unused = names.Of(name);
        initializers[unused] = tensor;
        return unused;
    }

    private TensorData Slice(string name, TensorData tensor) =>
        tensor.Take([.. Enumerable.Range(0, tensor.Shape.Length).Select(axis => cuts.Of(name, axis))]);
}
