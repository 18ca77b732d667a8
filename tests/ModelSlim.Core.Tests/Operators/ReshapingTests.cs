using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;
using ModelSlim.Core.Tests.Graphs;

namespace ModelSlim.Core.Tests.Operators;

public sealed class ReshapingTests
{
    [Fact]
    public void Relations_are_read_off_the_movement() =>
        Assert.Equal(["y0[0]<x0[0]", "y0[1]<x0[1]xx0[2]"], Nodes.Relations<Reshaping>(Node("Flatten", [2, 4, 3], null, [2, 12])));

    [Fact]
    public void A_movement_that_was_not_traced_says_nothing() =>
        Assert.Empty(Nodes.Relations<Reshaping>(Nodes.View("Flatten", [[2, 4, 3]], [2, 12])));

    [Fact]
    public void A_shape_that_depends_on_data_cannot_follow()
    {
        Assert.NotEmpty(Nodes.Relations<Reshaping>(Node("Reshape", [2, 4], [2, 4], [2, 4])));
        Assert.Empty(Nodes.Relations<Reshaping>(Nodes.Of(
            new Node { OpType = "Reshape", Inputs = ["x0", "x1"], Outputs = ["y0"] },
            [("x0", [2, 4]), ("x1", [2]), ("y0", [2, 4])],
            movements: _ => HandTrace.Stay(8))));
    }

    [Theory]
    [InlineData(11, true)]
    [InlineData(13, false)]
    public void A_Squeeze_without_axes_must_not_drop_the_last_channel(int opset, bool byAttribute)
    {
        var node = new Node { OpType = "Squeeze", Inputs = ["x0"], Outputs = ["y0"] };

        var rewrite = new Reshaping().Rewrite(
            Nodes.Of(node, Shapes([2, 4, 1], [2, 4]), opset: opset), Nodes.Of(node, Shapes([2, 1, 1], [2, 1]), opset: opset));

        Assert.Equal([2L], byAttribute ? rewrite.Node.GetInts("axes") : rewrite.Constants[1].ToInt64s());
    }

    [Fact]
    public void A_Squeeze_that_drops_no_channel_stays()
    {
        var node = new Node { OpType = "Squeeze", Inputs = ["x0"], Outputs = ["y0"] };

        Assert.Same(node, new Reshaping().Rewrite(Nodes.Of(node, Shapes([2, 4, 1], [2, 4])), Nodes.Of(node, Shapes([2, 3, 1], [2, 3]))).Node);
    }

    [Theory]
    [InlineData(new[] { 2L, 12 }, new[] { 2L, 9 })] // What is stated follows.
    [InlineData(new[] { 0L, -1 }, new[] { 0L, -1 })] // What is left open still holds.
    [InlineData(new[] { -1L, 12 }, new[] { -1L, 9 })]
    public void Stated_extents_follow(long[] stated, long[] expected) =>
        Assert.Equal(expected, Rewritten(stated, from: [2, 4, 3], to: [2, 12], fromAfter: [2, 3, 3], toAfter: [2, 9]));

    [Fact]
    public void A_copied_extent_of_another_axis_is_stated() =>
        // The 0 copies the 4 of input axis 1, which gets shorter; output axis 1 is input axis 2, which does not.
        Assert.Equal([-1, 4], Rewritten([-1, 0], from: [1, 4, 4], to: [4, 4], fromAfter: [1, 2, 4], toAfter: [2, 4]));

    [Fact]
    public void Old_files_state_the_shape_in_an_attribute()
    {
        var node = new Node { OpType = "Reshape", Inputs = ["x0"], Outputs = ["y0"] }.With("shape", new AttributeValue.Ints([2, 12]));

        var rewrite = new Reshaping().Rewrite(
            Nodes.Of(node, Shapes([2, 4, 3], [2, 12])), Nodes.Of(node, Shapes([2, 3, 3], [2, 9])));

        Assert.Equal([2L, 9], rewrite.Node.GetInts("shape"));
        Assert.Empty(rewrite.Constants);
    }

    [Fact]
    public void Other_movements_state_no_sizes()
    {
        var node = Node("Transpose", [2, 4, 3], null, [2, 3, 4]);

        Assert.Equal(node.Node, new Reshaping().Rewrite(node, node).Node);
    }

    private static long[] Rewritten(long[] stated, int[] from, int[] to, int[] fromAfter, int[] toAfter)
    {
        var node = Node("Reshape", from, stated, to);
        return new Reshaping().Rewrite(node, node.With(name => name == "x0" ? [.. fromAfter] : [.. toAfter])).Sizes[1].ToArray();
    }

    private static NodeView Node(string opType, int[] from, long[]? stored, int[] to) => Nodes.Of(
        new Node { OpType = opType, Inputs = stored is null ? ["x0"] : ["x0", "x1"], Outputs = ["y0"] },
        [.. Shapes(from, to), ("x1", stored is null ? null : [stored.Length])],
        name => name == "x1" && stored is not null ? TensorData.From([stored.Length], stored) : null,
        _ => HandTrace.Stay(from.Aggregate(1, (count, extent) => count * extent)));

    private static (string Name, int[]? Shape)[] Shapes(int[] from, int[] to) => [("x0", from), ("y0", to)];
}
