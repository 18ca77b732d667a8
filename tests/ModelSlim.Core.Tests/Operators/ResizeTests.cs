using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Tests.Operators;

public sealed class ResizeTests
{
    private static readonly Node BySizes = new() { OpType = "Resize", Inputs = ["x0", "", "", "x3"], Outputs = ["y0"] };

    [Fact]
    public void Axes_that_keep_their_extent_are_copied_and_their_sizes_follow()
    {
        var view = Nodes.Of(BySizes, [("x0", [1, 4, 3]), ("x3", [3]), ("y0", [1, 4, 6])], Nodes.Stored(("x3", [1, 4, 6])));

        Assert.Equal(["x0[0]=y0[0]", "x0[1]=y0[1]"], Nodes.Relations<Resize>(view));
        Assert.Equal([1L, 2, 6], new Resize().Rewrite(view, view.After(Nodes.Cut("x0", 1, 0, 3), _ => null)).Sizes[3]);
    }

    [Theory]
    [InlineData(1f, 2)]
    [InlineData(1.1f, 1)] // 4 times 1.1 is 4 too, but the places are other ones.
    public void A_scale_must_be_one(float scale, int tied)
    {
        var node = new Node { OpType = "Resize", Inputs = ["x0", "", "x2"], Outputs = ["y0"] };
        var view = Nodes.Of(node, [("x0", [1, 4, 3]), ("x2", [3]), ("y0", [1, 4, 6])], _ => TensorData.From([3], [1, scale, 2]));

        Assert.Equal(tied, Nodes.Relations<Resize>(view).Length);
    }

    [Fact]
    public void Sizes_that_depend_on_data_cannot_follow() =>
        Assert.Empty(Nodes.Relations<Resize>(Nodes.Of(BySizes, [("x0", [1, 4, 3]), ("x3", [3]), ("y0", [1, 4, 6])])));
}
