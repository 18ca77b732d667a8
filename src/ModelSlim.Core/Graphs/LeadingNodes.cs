namespace ModelSlim.Core.Graphs;

/// <summary>The nodes of a graph that some output depends on.</summary>
public static class LeadingNodes
{
    /// <summary>A graph without the nodes that lead to no output.</summary>
    public static Graph Of(Graph graph)
    {
        var wanted = graph.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        var leading = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        foreach (var node in graph.Nodes.Reverse().Where(node => node.Outputs.Any(wanted.Contains)))
        {
            leading.Add(node);
            wanted.UnionWith(GraphIndex.Captured(node));
        }

        return leading.Count == graph.Nodes.Length ? graph : graph with { Nodes = [.. graph.Nodes.Where(leading.Contains)] };
    }
}
