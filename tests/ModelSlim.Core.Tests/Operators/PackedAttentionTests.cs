using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class PackedAttentionTests
{
    private static readonly NodeView Plain = Nodes.Inside<PackedAttention>(
        Nodes.View("Attention", [[2, 5, 6], [6, 36], [36]], [2, 5, 12], ("num_heads", Nodes.Int(3))));

    [Fact]
    public void Weights_and_bias_are_three_bands_of_heads() => Assert.Equal(
        [
            "x0[2]=x1[0]",
            "x1[1]+0=queries of y0[0]", "x1[1]+12=queries of y0[0]", "x1[1]+24=y0[2]",
            "x2[0]+0=queries of y0[0]", "x2[0]+12=queries of y0[0]", "x2[0]+24=y0[2]",
            "queries of y0[0]<heads of y0[0]xquery width of y0[0]", "y0[2]<heads of y0[0]xvalue width of y0[0]",
        ],
        Nodes.Relations<PackedAttention>(Plain));

    [Fact]
    public void With_a_past_only_features_follow() => Assert.Equal(
        ["x0[2]=x1[0]"],
        Nodes.Relations<PackedAttention>(Nodes.View(
            "Attention", [[2, 5, 6], [6, 36], [36], null, [2, 2, 3, 4, 4]], [2, 5, 12], ("num_heads", Nodes.Int(3)))));

    [Theory]
    [InlineData(2, 8, 8, false, false)]
    [InlineData(3, 12, 6, true, false)]
    [InlineData(3, 9, 12, true, true)]
    public void Counts_and_sizes_follow_and_the_scale_of_the_width_stays(int heads, int queries, int values, bool sizes, bool scale)
    {
        var after = Nodes.Of(
            Plain.Node,
            [("x1", [6, (2 * queries) + values]), ("y0", [2, 5, values]), ("heads of y0", [heads]), ("queries of y0", [queries])]);

        var node = new PackedAttention().Rewrite(Plain, after).Node;

        Assert.Equal(heads, node.GetInt("num_heads", 0));
        Assert.Equal(sizes ? [queries, queries, values] : [], node.GetInts("qkv_hidden_sizes") is { IsDefault: false } stated ? stated : []);
        Assert.Equal(scale ? 0.5f : 0, node.GetFloat("scale", 0));
    }

    [Fact]
    public void Projections_and_scores_are_counted() => Assert.Equal((2 * 5 * 6 * 36) + (2 * 5 * 5 * 24), new PackedAttention().Macs(Plain));
}
