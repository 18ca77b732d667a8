using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class CenterCropPadTests
{
    private static NodeView Node(params (string Name, long[] Values)[] stored) => Nodes.Of(
        Nodes.View("CenterCropPad", [[2, 4, 5], [2]], [2, 4, 8], ("axes", Nodes.Ints(1, -1))).Node,
        [("x0", [2, 4, 5]), ("x1", [2]), ("y0", [2, 4, 8])],
        Nodes.Stored(stored));

    [Fact]
    public void What_keeps_its_size_is_copied() => Assert.Equal(["x0[0]=y0[0]", "x0[1]=y0[1]"], Nodes.Relations<CenterCropPad>(Node(("x1", [4, 8]))));

    [Fact]
    public void Sizes_that_depend_on_data_say_nothing_of_the_axes_they_are_for() =>
        Assert.Equal(["x0[0]=y0[0]"], Nodes.Relations<CenterCropPad>(Node()));

    [Fact]
    public void The_size_of_what_is_cut_follows()
    {
        var node = Node(("x1", [4, 8]));

        Assert.Equal([3, 8], new CenterCropPad().Rewrite(node, node.After(Nodes.Cut("x0", 1, 0, 1, 3), _ => null)).Sizes[1]);
    }
}
