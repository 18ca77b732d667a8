namespace ModelSlim.Core.Graphs;

/// <summary>Names for new values of a graph, which nothing of the graph has, its subgraphs neither.</summary>
public sealed class FreshNames
{
    private readonly GraphIndex index;
    private readonly HashSet<string> names;

    /// <summary>Starts with the names that a graph has.</summary>
    public FreshNames(GraphIndex index)
    {
        this.index = index;
        names = index.Graph.Nodes.SelectMany(Inside).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The wanted name, or one that begins with it. It is given out once.</summary>
    public string Of(string wanted)
    {
        while (index.Has(wanted) || !names.Add(wanted))
        {
            wanted += "'";
        }

        return wanted;
    }

    private static IEnumerable<string> Inside(Node node) => node.Subgraphs
        .SelectMany(inner => inner.Inputs.Select(input => input.Name)
            .Concat(inner.Initializers.Keys)
            .Concat(inner.Nodes.SelectMany(within => within.Outputs.Concat(Inside(within)))));
}
