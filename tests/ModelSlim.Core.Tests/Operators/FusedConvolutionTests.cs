using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class FusedConvolutionTests
{
    [Fact]
    public void What_is_added_follows_the_filters()
    {
        var node = Nodes.View("FusedConv", [[1, 4, 8, 8], [6, 4, 1, 1], null, [1, 6, 8, 8]], [1, 6, 8, 8]);

        Assert.Equal(["x0[0]=y0[0]", "x1[0]=y0[1]", "x0[1]=x1[1]", "x3[0]=y0[0]", "x3[1]=y0[1]"], Nodes.Relations<FusedConvolution>(node));
        Assert.Equal(["x0[1]", "x1[1]"], Nodes.Sums<FusedConvolution>(node));
        Assert.Equal(64 * 24, new FusedConvolution().Macs(node));
    }

    [Fact]
    public void As_many_groups_are_stated_as_are_left()
    {
        var node = Nodes.View("FusedConv", [[1, 6, 8, 8], [6, 1, 1, 1]], [1, 6, 8, 8], ("group", Nodes.Int(6)));

        Assert.Equal(4, new FusedConvolution().Rewrite(node, Nodes.Of(node.Node, [("x0", [1, 4, 8, 8]), ("x1", [4, 1, 1, 1])])).Node.GetInt("group", 0));
    }
}
