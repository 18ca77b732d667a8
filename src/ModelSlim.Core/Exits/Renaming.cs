using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Exits;

/// <summary>Gives a value another name wherever nodes make or read it, in their subgraphs too.</summary>
/// <param name="from">The name.</param>
/// <param name="to">The other name, which nothing has.</param>
internal sealed class Renaming(string from, string to)
{
    /// <summary>A node with the other name.</summary>
    public Node Of(Node node) => !node.Outputs.Contains(from) && !GraphIndex.Captured(node).Contains(from)
        ? node
        : node with
        {
            Inputs = [.. node.Inputs.Select(Of)],
            Outputs = [.. node.Outputs.Select(Of)],
            Attributes = node.Attributes.SetItems(node.Attributes
                .Where(attribute => attribute.Value is AttributeValue.Subgraph)
                .Select(attribute => KeyValuePair.Create(attribute.Key, (AttributeValue)new AttributeValue.Subgraph(Inside(((AttributeValue.Subgraph)attribute.Value).Value))))),
        };

    private string Of(string name) => name == from ? to : name;

    private Graph Inside(Graph graph) => graph with
    {
        Nodes = [.. graph.Nodes.Select(Of)],
        Outputs = [.. graph.Outputs.Select(output => output with { Name = Of(output.Name) })],
    };
}
