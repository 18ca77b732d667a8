using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class SliceTests
{
    private static readonly Node Call = new() { OpType = "Slice", Inputs = ["x0", "x1", "x2", "x3"], Outputs = ["y0"] };
    private static readonly (string Name, int[]? Shape)[] Shapes = [("x0", [2, 8]), ("x1", [1]), ("x2", [1]), ("x3", [1]), ("y0", [2, 4])];

    [Fact]
    public void Whole_axes_are_tied_and_sliced_ones_moved() =>
        Assert.Equal(["x0[0]=y0[0]", "x0[1]<y0[1]"], Nodes.Relations<Slice>(View));

    [Fact]
    public void Bounds_follow_the_cut()
    {
        var rewrite = new Slice().Rewrite(View, View.After(Nodes.Cut("x0", 1, 1, 3, 5, 7), _ => null));

        Assert.Equal([1L], rewrite.Sizes[1]);
        Assert.Equal([3L], rewrite.Sizes[2]);
    }

    [Theory]
    [InlineData(false, "it is sliced at bounds that depend on data")]
    [InlineData(true, "it is sliced at bounds that depend on the input size")]
    public void Bounds_that_are_not_fixed_freeze_the_axis(bool ofShapes, string reason)
    {
        var node = Nodes.Of(Call, Shapes, Nodes.Stored(("x3", [1])), stated: _ => ofShapes ? new StatedIntegers([2], [false]) : null);

        Assert.Equal([new("y0", 1), new("x0", 1)], new Slice().Relate(node).OfType<AxisRelation.Frozen>().Where(frozen => frozen.Reason == reason).Select(frozen => frozen.Axis).OrderDescending());
    }

    [Fact]
    public void An_axis_that_is_whole_keeps_its_bounds_whatever_is_computed()
    {
        var node = Nodes.Of(Call, Shapes, Nodes.Stored(("x1", [2]), ("x3", [1])), stated: _ => new StatedIntegers([6], [false]));

        Assert.Equal([6L], new Slice().Rewrite(node, node.After(Nodes.Cut("x0", 0, 1), _ => new StatedIntegers([3], [false]))).Sizes[2]);
    }

    private static NodeView View => Nodes.Of(Call, Shapes, Nodes.Stored(("x1", [2]), ("x2", [6]), ("x3", [1])));
}
