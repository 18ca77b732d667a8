namespace ModelSlim.Core.Graphs;

/// <summary>Gives values other names wherever nodes make or read them, in their subgraphs too.</summary>
/// <param name="names">The other name by name.</param>
public sealed class Renaming(IReadOnlyDictionary<string, string> names)
{
    /// <summary>Gives one value another name.</summary>
    /// <param name="from">The name.</param>
    /// <param name="to">The other name, which nothing has.</param>
    public Renaming(string from, string to)
        : this(new Dictionary<string, string>(StringComparer.Ordinal) { [from] = to })
    {
    }

    /// <summary>The other name, or the name where there is none.</summary>
    public string Of(string name) => names.GetValueOrDefault(name, name);

    /// <summary>A node with the other names.</summary>
    public Node Of(Node node) => !node.Outputs.Concat(GraphIndex.Captured(node)).Any(names.ContainsKey)
        ? node
        : node.WithSubgraphs(Inside) with
        {
            Inputs = [.. node.Inputs.Select(Of)],
            Outputs = [.. node.Outputs.Select(Of)],
        };

    private Graph Inside(Graph graph) => graph with
    {
        Nodes = [.. graph.Nodes.Select(Of)],
        Outputs = [.. graph.Outputs.Select(output => output with { Name = Of(output.Name) })],
    };
}
