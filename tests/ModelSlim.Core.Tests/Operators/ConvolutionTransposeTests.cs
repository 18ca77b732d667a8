using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class ConvolutionTransposeTests
{
    [Fact]
    public void Channels_meet_the_weights_and_weights_the_output() => Assert.Equal(
        ["x0[0]=y0[0]", "x0[1]=x1[0]", "x2[0]=y0[1]", "y0[1]=x1[1]"],
        Nodes.Relations<ConvolutionTranspose>(Nodes.View("ConvTranspose", [[1, 4, 8, 8], [4, 6, 3, 3], [6]], [1, 6, 10, 10])));

    [Fact]
    public void Whole_groups_go_or_the_same_channels_of_each() => Assert.Equal(
        "y0[1]<groups of y0[0]xx1[1] x0[1]<groups of y0[0]xfilters of a group of y0[0] or y0[1]/2 x1[1]*y0[1] x0[1]/2",
        Nodes.Relations<ConvolutionTranspose>(
            Nodes.View("ConvTranspose", [[1, 8, 8, 8], [8, 3, 3, 3]], [1, 6, 10, 10], ("group", Nodes.Int(2))))[^1]);

    [Theory]
    [InlineData(6, 3, 2)]
    [InlineData(3, 3, 1)]
    [InlineData(4, 2, 2)]
    public void As_many_groups_are_stated_as_are_left(int filters, int perGroup, int left)
    {
        var node = Nodes.View("ConvTranspose", [[1, 8, 8, 8], [8, 3, 3, 3]], [1, 6, 10, 10], ("group", Nodes.Int(2)));
        var after = Nodes.Of(node.Node, [("x1", [8, perGroup, 3, 3]), ("y0", [1, filters, 10, 10])]);

        Assert.Equal(left, new ConvolutionTranspose().Rewrite(node, after).Node.GetInt("group", 1));
    }

    [Fact]
    public void Every_input_element_meets_one_filter_of_each_output()
    {
        var node = Nodes.View("ConvTranspose", [[1, 8, 5, 5], [8, 3, 2, 2]], [1, 6, 10, 10], ("group", Nodes.Int(2)));

        Assert.Equal(8 * 25 * 3 * 4, new ConvolutionTranspose().Macs(node));
        Assert.Equal(["x0[1]", "x1[0]"], Nodes.Sums<ConvolutionTranspose>(node));
    }
}
