using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Graphs;

public sealed class BatchFreeTests
{
    [Fact]
    public void Inputs_and_outputs_get_a_symbol()
    {
        var graph = SmallNets.Chain().Graph;

        var freed = new BatchFree().Free(graph, HandTrace.Of(("x", [1, 3, 8, 8]), (graph.Outputs[0].Name, [1, 10])))!;

        Assert.Equal(new Dimension(null, "batch"), freed.Inputs[0].Shape[0]);
        Assert.Equal(new Dimension(3, null), freed.Inputs[0].Shape[1]);
        Assert.Equal(new Dimension(null, "batch"), freed.Outputs[0].Shape[0]);
        Assert.True(freed.Nodes.SequenceEqual(graph.Nodes));
    }

    [Theory]
    [InlineData(new[] { 1L, 6L }, new[] { 1, 6 }, new[] { 0L, 6L })]
    [InlineData(new[] { 1L, -1L }, new[] { 1, 6 }, new[] { 0L, -1L })]
    [InlineData(new[] { 2L, 3L }, new[] { 2, 3 }, new[] { -1L, 3L })]
    [InlineData(new[] { 0L, 6L }, new[] { 1, 6 }, new[] { 0L, 6L })]
    [InlineData(new[] { -1L, 6L }, new[] { 1, 6 }, new[] { -1L, 6L })]
    public void Reshape_no_longer_states_the_batch(long[] target, int[] shape, long[] expected)
    {
        var builder = new ModelBuilder();
        var x = builder.Input("x", 1, 2, 3);
        var y = builder.Output(builder.Node(
            "Reshape", [x, builder.Initializer("target", TensorData.From([target.Length], target))], shape));
        var graph = builder.Build().Graph;

        var freed = new BatchFree().Free(graph, HandTrace.Of(("x", [1, 2, 3]), (y, shape)))!;

        Assert.Equal(expected, new GraphIndex(freed).Constant(freed.Nodes[0].Inputs[1])!.ToInt64s());
        Assert.Equal(target, freed.Initializers["target"].ToInt64s());
    }

    [Fact]
    public void Inputs_that_disagree_about_the_batch_are_left_alone()
    {
        var builder = new ModelBuilder();
        builder.Output(builder.Concat(0, builder.Input("a", 1, 2), builder.Input("b", 2, 2)));

        Assert.Null(new BatchFree().Free(builder.Build().Graph, HandTrace.Of(("a", [1, 2]), ("b", [2, 2]))));
    }

    [Fact]
    public void A_batch_of_none_is_left_alone()
    {
        var builder = new ModelBuilder();
        builder.Output(builder.Relu(builder.Input("x", 0, 2)));

        Assert.Null(new BatchFree().Free(builder.Build().Graph, HandTrace.Of(("x", [0, 2]))));
    }

    [Fact]
    public void An_output_that_turns_out_to_be_a_scalar_keeps_its_declaration()
    {
        var builder = new ModelBuilder();
        var y = builder.Output(builder.Node("ReduceSum", [builder.Input("x", 1, 2)], [1]));
        var graph = builder.Build().Graph;

        var freed = new BatchFree().Free(graph, HandTrace.Of(("x", [1, 2]), (y, [])))!;

        Assert.Equal(graph.Outputs[0].Shape, freed.Outputs[0].Shape);
    }
}
