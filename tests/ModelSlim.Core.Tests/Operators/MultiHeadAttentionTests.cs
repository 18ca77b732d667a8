using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class MultiHeadAttentionTests
{
    private static readonly NodeView Plain = Nodes.Inside<MultiHeadAttention>(Nodes.View(
        "MultiHeadAttention", [[2, 3, 12], [2, 5, 12], [2, 5, 15], [39]], [2, 3, 15], ("num_heads", Nodes.Int(3))));

    [Fact]
    public void Heads_are_split_inside_and_the_bias_has_three_bands() => Assert.Equal(
        [
            "x0[2]=x1[2]", "x2[2]=y0[2]",
            "x0[2]<heads of y0[0]xquery width of y0[0]", "y0[2]<heads of y0[0]xvalue width of y0[0]",
            "x3[0]+0=x0[2]", "x3[0]+12=x0[2]", "x3[0]+24=y0[2]",
        ],
        Nodes.Relations<MultiHeadAttention>(Plain));

    [Fact]
    public void Packed_inputs_stay_whole() => Assert.Empty(
        Nodes.Relations<MultiHeadAttention>(Nodes.View("MultiHeadAttention", [[2, 3, 3, 3, 4]], [2, 3, 12], ("num_heads", Nodes.Int(3)))));

    [Fact]
    public void Kept_keys_and_values_have_one_width()
    {
        var node = Nodes.Inside<MultiHeadAttention>(Nodes.View(
            "MultiHeadAttention",
            [[2, 3, 12], [2, 3, 12], [2, 3, 12], null, null, null, [2, 3, 2, 4], [2, 3, 2, 4]],
            [2, 3, 12],
            ("num_heads", Nodes.Int(3))));

        Assert.Contains("query width of y0[0]=value width of y0[0]", Nodes.Relations<MultiHeadAttention>(node));
        Assert.Equal(2 * 3 * 5 * 24, new MultiHeadAttention().Macs(node));
    }

    [Fact]
    public void The_count_follows_and_the_scale_of_the_width_stays()
    {
        var after = Nodes.Of(Plain.Node, [("heads of y0", [2]), ("query width of y0", [3])]);

        var node = new MultiHeadAttention().Rewrite(Plain, after).Node;

        Assert.Equal(2, node.GetInt("num_heads", 0));
        Assert.Equal(0.5f, node.GetFloat("scale", 0));
    }
}
