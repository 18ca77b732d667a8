using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Graphs;

/// <summary>
/// Weights that the branches of If store, as an early exit has them, stored by the graph around them instead, where the branches read
/// them under the same names; and the way back.
/// </summary>
public static class BranchTensors
{
    /// <summary>Takes them out of the branches.</summary>
    /// <param name="graph">The graph.</param>
    /// <returns>The same graph where there are none; what has a name that is not its own stays where it is.</returns>
    public static Graph Out(Graph graph)
    {
        var own = Names(graph).GroupBy(name => name, StringComparer.Ordinal).Where(same => same.Count() == 1).Select(same => same.Key).ToHashSet(StringComparer.Ordinal);
        var found = Branches(graph).SelectMany(Stored).Where(entry => own.Contains(entry.Key)).ToImmutableDictionary(StringComparer.Ordinal);
        return found.IsEmpty ? graph : graph with
        {
            Initializers = graph.Initializers.AddRange(found),
            Nodes = InBranches(graph, branch => branch with { Initializers = branch.Initializers.RemoveRange(Stored(branch).Select(entry => entry.Key).Where(found.ContainsKey)) }),
        };
    }

    /// <summary>Puts them back.</summary>
    /// <param name="graph">A graph that <see cref="Out"/> made, with other numbers.</param>
    /// <param name="given">The graph that it was made from.</param>
    public static Graph Back(Graph graph, Graph given)
    {
        var names = graph.Initializers.Keys.Where(name => !given.Initializers.ContainsKey(name)).ToImmutableHashSet(StringComparer.Ordinal);
        if (names.IsEmpty)
        {
            return graph;
        }

        var whole = InBranches(given, branch => branch with
        {
            Initializers = branch.Initializers.SetItems(branch.Initializers.Keys.Where(names.Contains).Select(name => KeyValuePair.Create(name, graph.Initializers[name]))),
        });
        return graph with
        {
            Initializers = graph.Initializers.RemoveRange(names),
            Nodes = [.. graph.Nodes.Zip(whole, (node, before) => before.Subgraphs.Any() ? before : node)],
        };
    }

    private static IEnumerable<Graph> Branches(Graph graph) =>
        graph.Nodes.Where(IsIf).SelectMany(node => node.Subgraphs).SelectMany(branch => Branches(branch).Prepend(branch));

    private static ImmutableArray<Node> InBranches(Graph graph, Func<Graph, Graph> change) =>
    [
        .. graph.Nodes.Select(node => !IsIf(node) ? node : node with
        {
            Attributes = node.Attributes.SetItems(node.Attributes
                .Where(attribute => attribute.Value is AttributeValue.Subgraph)
                .Select(attribute => KeyValuePair.Create(attribute.Key, (AttributeValue)new AttributeValue.Subgraph(Changed(((AttributeValue.Subgraph)attribute.Value).Value, change))))),
        }),
    ];

    private static Graph Changed(Graph branch, Func<Graph, Graph> change) => change(branch with { Nodes = InBranches(branch, change) });

    private static IEnumerable<KeyValuePair<string, TensorData>> Stored(Graph branch) => branch.Initializers.Where(entry =>
        entry.Value is { IsFloatingPoint: true, Shape.Length: > 1 } && !branch.Outputs.Any(output => output.Name == entry.Key));

    private static bool IsIf(Node node) => node is { OpType: "If", Domain: "" };

    private static IEnumerable<string> Names(Graph graph) => graph.Inputs.Select(input => input.Name)
        .Concat(graph.Initializers.Keys)
        .Concat(graph.Nodes.SelectMany(node => node.Outputs.Where(output => output.Length > 0).Concat(node.Subgraphs.SelectMany(Names))));
}
