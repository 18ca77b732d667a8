using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class GroupNormalizationTests
{
    [Fact]
    public void Channels_of_one_run_go_together() => Assert.Equal(
        ["x0[0]=y0[0]", "x0[1]=y0[1]", "x0[1]<x0[1]", "x1[0]|x0[1]", "x2[0]|x0[1]"], Relations(4, 4));

    [Fact]
    public void A_scale_a_channel_follows_it() => Assert.Equal(
        ["x0[0]=y0[0]", "x0[1]=y0[1]", "x0[1]<x0[1]", "x0[1]=x1[0]", "x0[1]=x2[0]"], Relations(4, 8));

    [Theory]
    [InlineData(1, "x0[0]=y0[0] x0[1]=y0[1] ~x0[1]")]
    [InlineData(8, "x0[0]=y0[0] x0[1]=y0[1] ~x0[1] x0[1]=x1[0] x0[1]=x2[0]")]
    public void All_channels_of_one_group_are_mixed(int scales, string relations) => Assert.Equal(relations, string.Join(' ', Relations(1, scales)));

    [Fact]
    public void As_many_groups_are_stated_as_are_left()
    {
        var node = View(4, 8);
        var after = Nodes.Of(node.Node, [("x0", [2, 6, 3])]);

        Assert.Equal(3, new GroupNormalization().Rewrite(node, after).Node.GetInt("num_groups", 0));
        Assert.Equal(1, new GroupNormalization().Rewrite(View(1, 8), after).Node.GetInt("num_groups", 0));
    }

    private static NodeView View(int groups, int scales) =>
        Nodes.View("GroupNormalization", [[2, 8, 3], [scales], [scales]], [2, 8, 3], ("num_groups", Nodes.Int(groups)));

    private static string[] Relations(int groups, int scales) => Nodes.Relations<GroupNormalization>(View(groups, scales));
}
