using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class AttentionTests
{
    private static readonly (string, AttributeValue)[] Counts = [("q_num_heads", Nodes.Int(4)), ("kv_num_heads", Nodes.Int(2))];

    [Fact]
    public void Heads_and_widths_with_axes_of_their_own_are_tied() => Assert.Equal(
        ["x0[1]=y0[1]", "x1[1]=x2[1]", "x0[3]=x1[3]", "x2[3]=y0[3]", "x0[1]=x1[1]"],
        Nodes.Relations<Attention>(Nodes.Inside<Attention>(Nodes.View("Attention", [[2, 4, 3, 6], [2, 4, 5, 6], [2, 4, 5, 7]], [2, 4, 3, 7]))));

    [Fact]
    public void A_key_head_serves_its_run_of_query_heads()
    {
        var node = Nodes.Inside<Attention>(Nodes.View("Attention", [[2, 4, 3, 6], [2, 2, 5, 6], [2, 2, 5, 7]], [2, 4, 3, 7]));

        var shared = Assert.Single(new Attention().Relate(node).OfType<AxisRelation.Product>());

        Assert.Equal("x0[1]", shared.Merged.ToString());
        Assert.Equal([0, 0, 1, 1], shared.Places[0]);
        Assert.Equal([0, 1, 0, 1], shared.Places[1]);
    }

    [Fact]
    public void Joined_heads_are_split_inside() => Assert.Equal(
        [
            "x0[2]<heads of y0[0]xquery width of y0[0]",
            "x1[2]<key heads of y0[0]xquery width of y0[0]",
            "x2[2]<key heads of y0[0]xvalue width of y0[0]",
            "y0[2]<heads of y0[0]xvalue width of y0[0]",
            "heads of y0[0]<key heads of y0[0]xheads a key head of y0[0]",
        ],
        Nodes.Relations<Attention>(Joined(24, 12, 14, 28)));

    [Fact]
    public void A_mask_and_a_past_follow_heads_and_widths() => Assert.Equal(
        ["x0[1]=x3[1]", "x1[1]=x4[1]", "x0[3]=x4[3]", "x1[1]=y1[1]", "x0[3]=y1[3]"],
        Nodes.Relations<Attention>(Nodes.Inside<Attention>(Nodes.View(
            "Attention",
            [[2, 4, 3, 6], [2, 4, 5, 6], [2, 4, 5, 7], [1, 4, 3, 7], [2, 4, 2, 6]],
            [[2, 4, 3, 7], [2, 4, 7, 6]])))[5..]);

    [Fact]
    public void Counts_follow_and_the_scale_of_the_width_stays()
    {
        var after = Nodes.Of(
            Joined(24, 12, 14, 28).Node,
            [
                ("x0", [2, 3, 6]), ("x1", [2, 5, 3]), ("x2", [2, 5, 7]), ("y0", [2, 3, 14]), ("heads of y0", [2]),
                ("key heads of y0", [1]), ("query width of y0", [3]), ("value width of y0", [7]),
            ]);

        var node = new Attention().Rewrite(Joined(24, 12, 14, 28), after).Node;

        Assert.Equal(2, node.GetInt("q_num_heads", 0));
        Assert.Equal(1, node.GetInt("kv_num_heads", 0));
        Assert.Equal(1 / MathF.Sqrt(6), node.GetFloat("scale", 0));
    }

    [Fact]
    public void Scores_and_values_cost_each_key_for_each_query() =>
        Assert.Equal(2 * 3 * 5 * (24 + 28), new Attention().Macs(Joined(24, 12, 14, 28)));

    private static NodeView Joined(int queries, int keys, int values, int output) =>
        Nodes.Inside<Attention>(Nodes.View("Attention", [[2, 3, queries], [2, 5, keys], [2, 5, values]], [2, 3, output], Counts));
}
