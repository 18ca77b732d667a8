using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Masking;

/// <summary>
/// Takes the sign off zeros: a negative number times zero is one with a sign, which files of zeros neither leave out nor pack as well.
/// </summary>
public static class PlainZeros
{
    /// <summary>The graph with plain zeros.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="names">The stored tensors to look at, whether the graph stores them or a branch of it.</param>
    public static Graph In(Graph graph, IReadOnlySet<string> names) => graph with
    {
        Initializers = graph.Initializers.SetItems(
            from entry in graph.Initializers
            where names.Contains(entry.Key)
            let values = entry.Value.ToSingles()
            where Array.Exists(values, value => value == 0 && float.IsNegative(value))
            select KeyValuePair.Create(entry.Key, entry.Value.WithSingles(Array.ConvertAll(values, value => value == 0 ? 0 : value)))),
        Nodes = graph.Nodes.Any(node => node.Subgraphs.Any()) ? [.. graph.Nodes.Select(node => In(node, names))] : graph.Nodes,
    };

    private static Node In(Node node, IReadOnlySet<string> names) => node with
    {
        Attributes = node.Attributes.SetItems(node.Attributes
            .Where(attribute => attribute.Value is AttributeValue.Subgraph)
            .Select(attribute => KeyValuePair.Create(attribute.Key, (AttributeValue)new AttributeValue.Subgraph(In(((AttributeValue.Subgraph)attribute.Value).Value, names))))),
    };
}
