using ModelSlim.Core.Graphs;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Graphs;

public sealed class FreshNamesTests
{
    [Fact]
    public void A_name_is_neither_in_the_graph_nor_in_its_subgraphs_nor_given_out_before()
    {
        var b = new ModelBuilder();
        b.Output(b.Relu(b.Input("x", 1, 8)));
        var graph = b.Build().Graph;
        var inner = graph with { Inputs = [], Outputs = [], Nodes = [new Node { OpType = "Relu", Inputs = ["x"], Outputs = ["inside"] }] };
        var branch = new Node { OpType = "If", Inputs = ["x"], Outputs = ["if"] }.With("then_branch", new AttributeValue.Subgraph(inner));
        var names = new FreshNames(new GraphIndex(graph with { Nodes = graph.Nodes.Add(branch) }));

        Assert.Equal(["x'", "inside'", "new", "new'"], new[] { "x", "inside", "new", "new" }.Select(names.Of));
    }
}
