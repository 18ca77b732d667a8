using ModelSlim.Core.Exits;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Exits;

public sealed class SeparatingValuesTests
{
    [Fact]
    public void Nothing_inside_a_residual_block_separates_it()
    {
        var builder = new ModelBuilder();
        var first = builder.Relu(builder.Input("x", 1, 4));
        var inner = builder.Relu(builder.Gemm(first, 4));
        var sum = builder.Add(inner, first);
        var output = builder.Output(builder.Relu(sum));

        Assert.Equal([first, sum], new SeparatingValues().Find(builder.Build().Graph, output));
    }

    [Fact]
    public void A_way_around_from_the_input_leaves_only_what_is_behind_it()
    {
        var builder = new ModelBuilder();
        var x = builder.Input("x", 1, 4);
        var sum = builder.Add(builder.Relu(builder.Relu(x)), x);
        var output = builder.Output(builder.Relu(sum));

        Assert.Equal([sum], new SeparatingValues().Find(builder.Build().Graph, output));
    }

    [Fact]
    public void What_a_subgraph_reads_from_around_it_counts()
    {
        var builder = new ModelBuilder();
        var first = builder.Relu(builder.Input("x", 1, 4));
        var second = builder.Relu(first);
        var branch = new Graph
        {
            Name = "branch",
            Inputs = [],
            Outputs = [new GraphValue("inside", ElementType.Float, default)],
            Nodes = [new Node { OpType = "Add", Inputs = [first, second], Outputs = ["inside"] }],
            Initializers = System.Collections.Immutable.ImmutableDictionary<string, TensorData>.Empty,
            Opsets = System.Collections.Immutable.ImmutableSortedDictionary<string, int>.Empty.Add("", 17),
        };
        var condition = builder.Initializer("condition", new TensorData(ElementType.Bool, [], new byte[] { 1 }));
        var chosen = builder.Node(
            "If", [condition], [1, 4], ("then_branch", new AttributeValue.Subgraph(branch)), ("else_branch", new AttributeValue.Subgraph(branch)));
        var output = builder.Output(builder.Relu(chosen));

        Assert.Equal([first, chosen], new SeparatingValues().Find(builder.Build().Graph, output));
    }

    [Fact]
    public void An_output_that_depends_on_no_input_has_none()
    {
        var builder = new ModelBuilder();
        builder.Input("x", 1, 4);
        var output = builder.Output(builder.Relu(builder.Relu(builder.Initializer("stored", [1, 4], 0, 1))));

        Assert.Empty(new SeparatingValues().Find(builder.Build().Graph, output));
    }
}
