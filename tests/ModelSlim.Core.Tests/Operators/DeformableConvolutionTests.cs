using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class DeformableConvolutionTests
{
    [Fact]
    public void Channels_and_filters_pass_and_offsets_stay()
    {
        var node = Nodes.View("DeformConv", [[2, 3, 5, 6], [4, 3, 2, 2], [2, 8, 4, 5], [4], [2, 4, 4, 5]], [2, 4, 4, 5]);

        Assert.Equal(
            ["x0[0]=y0[0]", "x0[0]=x2[0]", "x1[0]=y0[1]", "x1[0]=x3[0]", "x0[0]=x4[0]", "x0[1]=x1[1]"], Nodes.Relations<DeformableConvolution>(node));
        Assert.Equal(["x0[1]", "x1[1]"], Nodes.Sums<DeformableConvolution>(node));
        Assert.Equal(2 * 4 * 20 * 12, new DeformableConvolution().Macs(node));
    }

    [Fact]
    public void Runs_with_offsets_of_their_own_keep_the_same_places() => Assert.Contains(
        "x0[1]/2",
        Nodes.Relations<DeformableConvolution>(
            Nodes.View("DeformConv", [[1, 4, 5, 6], [4, 4, 2, 2], [1, 16, 4, 5]], [1, 4, 4, 5], ("offset_group", Nodes.Int(2)))));

    [Fact]
    public void As_many_groups_are_stated_as_are_left()
    {
        var node = Nodes.View("DeformConv", [[1, 6, 5, 6], [6, 1, 2, 2], [1, 8, 4, 5]], [1, 6, 4, 5], ("group", Nodes.Int(6)));

        Assert.Empty(Nodes.Sums<DeformableConvolution>(node));
        Assert.Equal(
            4, new DeformableConvolution().Rewrite(node, Nodes.Of(node.Node, [("x0", [1, 4, 5, 6]), ("x1", [4, 1, 2, 2])])).Node.GetInt("group", 0));
    }
}
