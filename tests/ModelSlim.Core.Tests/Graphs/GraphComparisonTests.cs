using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Graphs;

public sealed class GraphComparisonTests
{
    private static readonly Graph Graph = SmallNets.Chain().Graph;

    public static TheoryData<string, Func<Graph, Graph>> Changes => new()
    {
        { "name", graph => graph with { Name = "other" } },
        { "input", graph => graph with { Inputs = [graph.Inputs[0] with { Name = "other" }] } },
        { "input type", graph => graph with { Inputs = [graph.Inputs[0] with { Type = ElementType.Double }] } },
        { "input shape", graph => graph with { Inputs = [graph.Inputs[0] with { Shape = [] }] } },
        { "input rank", graph => graph with { Inputs = [graph.Inputs[0] with { Shape = default }] } },
        { "output", graph => graph with { Outputs = [] } },
        { "opset", graph => graph with { Opsets = graph.Opsets.SetItem("", 18) } },
        { "domain", graph => graph with { Opsets = graph.Opsets.Add("other", 1) } },
        { "order", graph => graph with { Nodes = [.. graph.Nodes.Reverse()] } },
        { "node name", graph => First(graph, node => node with { Name = "other" }) },
        { "operator", graph => First(graph, node => node with { OpType = "Other" }) },
        { "node domain", graph => First(graph, node => node with { Domain = "other" }) },
        { "node input", graph => First(graph, node => node with { Inputs = ["other"] }) },
        { "node output", graph => First(graph, node => node with { Outputs = ["other"] }) },
        { "attribute value", graph => First(graph, node => node.With("group", new AttributeValue.Int(7))) },
        { "attribute list", graph => First(graph, node => node.With("pads", new AttributeValue.Ints([1]))) },
        { "attribute kind", graph => First(graph, node => node.With("group", new AttributeValue.Float(1))) },
        { "attribute added", graph => First(graph, node => node.With("new", new AttributeValue.Int(1))) },
        { "weights", graph => Weights(graph, tensor => tensor.WithSingles(new float[tensor.Length])) },
        { "weight shape", graph => Weights(graph, tensor => new TensorData(tensor.Type, [(int)tensor.Length], tensor.Bytes)) },
        { "weight type", graph => Weights(graph, tensor => new TensorData(ElementType.Int32, tensor.Shape, tensor.Bytes)) },
        { "weights gone", graph => graph with { Initializers = graph.Initializers.Clear() } },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Any_difference_is_seen(string what, Func<Graph, Graph> change) =>
        Assert.False(GraphComparison.Same(Graph, change(Graph)), what);

    [Fact]
    public void Content_counts_and_not_identity() =>
        Assert.True(GraphComparison.Same(Graph, SmallNets.Chain().Graph));

    [Fact]
    public void Floats_are_compared_by_their_bits()
    {
        Assert.True(GraphComparison.Same(new AttributeValue.Float(float.NaN), new AttributeValue.Float(float.NaN)));
        Assert.False(GraphComparison.Same(new AttributeValue.Float(0f), new AttributeValue.Float(-0f)));
    }

    private static Graph First(Graph graph, Func<Node, Node> change) =>
        graph with { Nodes = graph.Nodes.SetItem(0, change(graph.Nodes[0])) };

    private static Graph Weights(Graph graph, Func<TensorData, TensorData> change)
    {
        var name = graph.Nodes[0].Inputs[1];
        return graph with { Initializers = graph.Initializers.SetItem(name, change(graph.Initializers[name])) };
    }
}
