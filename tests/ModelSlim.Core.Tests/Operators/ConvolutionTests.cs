using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class ConvolutionTests
{
    [Fact]
    public void Channels_meet_the_filters_and_filters_the_output() => Assert.Equal(
        ["x0[0]=y0[0]", "x1[0]=y0[1]", "x1[0]=x2[0]", "x0[1]=x1[1]"],
        Nodes.Relations<Convolution>(Nodes.View("Conv", [[1, 4, 8, 8], [6, 4, 3, 3], [6]], [1, 6, 8, 8])));

    [Fact]
    public void A_bias_left_out_has_no_axis() => Assert.Equal(
        ["x0[0]=y0[0]", "x1[0]=y0[1]", "x0[1]=x1[1]"],
        Nodes.Relations<Convolution>(Nodes.View("Conv", [[1, 4, 8, 8], [6, 4, 3, 3], null], [1, 6, 8, 8])));

    [Fact]
    public void One_channel_in_one_group_is_no_depthwise_convolution() => Assert.Equal(
        ["x0[0]=y0[0]", "x1[0]=y0[1]", "x0[1]=x1[1]"],
        Nodes.Relations<Convolution>(Nodes.View("Conv", [[1, 1, 8, 8], [6, 1, 3, 3]], [1, 6, 8, 8], ("group", Nodes.Int(1)))));

    [Fact]
    public void Each_channel_of_a_depthwise_convolution_owns_its_filter() => Assert.Equal(
        ["x0[0]=y0[0]", "x1[0]=y0[1]", "x0[1]=x1[0]"],
        Nodes.Relations<Convolution>(Nodes.View("Conv", [[1, 6, 8, 8], [6, 1, 3, 3]], [1, 6, 8, 8], ("group", Nodes.Int(6)))));

    [Fact]
    public void Several_filters_a_channel_go_with_it_or_one_of_each_goes() => Assert.Equal(
        "x1[0]<x0[1]xfilters of a group of y0[0] or x0[1]|x1[0]",
        Nodes.Relations<Convolution>(Nodes.View("Conv", [[1, 3, 8, 8], [6, 1, 3, 3]], [1, 6, 8, 8], ("group", Nodes.Int(3))))[2]);

    [Fact]
    public void Whole_groups_go_or_the_same_channels_of_each() => Assert.Equal(
        ["x0[0]=y0[0]", "x1[0]=y0[1]", "x0[1]<groups of y0[0]xx1[1] x1[0]<groups of y0[0]xfilters of a group of y0[0] or x0[1]/2 x1[1]*x0[1] x1[0]/2"],
        Nodes.Relations<Convolution>(Nodes.View("Conv", [[1, 8, 8, 8], [6, 4, 3, 3]], [1, 6, 8, 8], ("group", Nodes.Int(2)))));

    [Theory]
    [InlineData(3, 3, 1, 2, 1, 2)]
    [InlineData(2, 6, 3, 2, 1, 2)]
    [InlineData(2, 8, 4, 6, 3, 2)]
    [InlineData(4, 8, 2, 6, 2, 3)]
    [InlineData(1, 8, 8, 6, 6, 1)]
    public void As_many_groups_are_stated_as_are_left(int groups, int channels, int perGroup, int left, int leftPerGroup, int groupsLeft)
    {
        var node = Nodes.View("Conv", [[1, channels, 8, 8], [12, perGroup, 3, 3]], [1, 12, 8, 8], ("group", Nodes.Int(groups)));
        var after = Nodes.Of(node.Node, [("x0", [1, left, 8, 8]), ("x1", [12, leftPerGroup, 3, 3])]);

        Assert.Equal(groupsLeft, new Convolution().Rewrite(node, after).Node.GetInt("group", 1));
    }

    [Theory]
    [InlineData(new[] { 1, 4, 8, 8 }, new[] { 6, 4, 3, 3 }, new[] { 1, 6, 8, 8 }, 1, 6 * 64 * 36)]
    [InlineData(new[] { 1, 6, 8, 8 }, new[] { 6, 1, 3, 3 }, new[] { 1, 6, 4, 4 }, 6, 6 * 16 * 9)]
    [InlineData(new[] { 1, 8, 9 }, new[] { 6, 4, 3 }, new[] { 1, 6, 7 }, 2, 6 * 7 * 12)]
    [InlineData(new[] { 0, 4, 8, 8 }, new[] { 6, 4, 3, 3 }, new[] { 0, 6, 8, 8 }, 1, 0)]
    [InlineData(new[] { 1, 4, 8, 8 }, new[] { 0, 4, 3, 3 }, new[] { 1, 0, 8, 8 }, 1, 0)]
    public void Every_output_element_costs_one_filter(int[] x, int[] w, int[] y, int groups, long macs) =>
        Assert.Equal(macs, new Convolution().Macs(Nodes.View("Conv", [x, w], y, ("group", Nodes.Int(groups)))));

    [Fact]
    public void A_depthwise_convolution_sums_over_no_channel()
    {
        var depthwise = Nodes.View("Conv", [[1, 6, 8, 8], [6, 1, 3, 3]], [1, 6, 8, 8], ("group", Nodes.Int(6)));
        var grouped = Nodes.View("Conv", [[1, 6, 8, 8], [6, 3, 3, 3]], [1, 6, 8, 8], ("group", Nodes.Int(2)));

        Assert.Empty(new Convolution().Contracted(depthwise));
        Assert.Equal(["x0[1]", "x1[1]"], new Convolution().Contracted(grouped).Select(axis => axis.ToString()));
    }
}
