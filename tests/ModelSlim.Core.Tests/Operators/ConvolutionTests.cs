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
    public void Each_channel_of_a_depthwise_convolution_owns_its_filters() => Assert.Equal(
        ["x0[0]=y0[0]", "x1[0]=y0[1]", "x0[1]|x1[0]"],
        Nodes.Relations<Convolution>(Nodes.View("Conv", [[1, 3, 8, 8], [6, 1, 3, 3]], [1, 6, 8, 8], ("group", Nodes.Int(3)))));

    [Fact]
    public void Groups_keep_the_same_places() => Assert.Equal(
        ["x0[0]=y0[0]", "x1[0]=y0[1]", "x0[1]/2", "x1[1]*x0[1]", "x1[0]/2"],
        Nodes.Relations<Convolution>(Nodes.View("Conv", [[1, 8, 8, 8], [6, 4, 3, 3]], [1, 6, 8, 8], ("group", Nodes.Int(2)))));

    [Theory]
    [InlineData(3, 6, 2)]
    [InlineData(2, 6, 2)]
    public void A_depthwise_convolution_has_as_many_groups_as_channels_are_left(int channels, int filters, int left)
    {
        var node = Nodes.View("Conv", [[1, channels, 8, 8], [filters, 1, 3, 3]], [1, filters, 8, 8], ("group", Nodes.Int(channels)));
        var after = Nodes.Of(node.Node, [("x0", [1, left, 8, 8]), ("x1", [left * filters / channels, 1, 3, 3])]);

        Assert.Equal(left, new Convolution().Rewrite(node, after).Node.GetInt("group", 0));
    }

    [Fact]
    public void Other_convolutions_keep_their_groups()
    {
        var node = Nodes.View("Conv", [[1, 8, 8, 8], [6, 4, 3, 3]], [1, 6, 8, 8], ("group", Nodes.Int(2)));
        var after = Nodes.Of(node.Node, [("x0", [1, 2, 8, 8]), ("x1", [4, 1, 3, 3])]);

        Assert.Equal(node.Node, new Convolution().Rewrite(node, after).Node);
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
