using ModelSlim.Core.Axes;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class RotaryEmbeddingTests
{
    [Fact]
    public void Heads_with_an_axis_of_their_own_can_go()
    {
        var node = Nodes.View("RotaryEmbedding", [[2, 4, 3, 8], [8, 4], [8, 4]], [2, 4, 3, 8]);

        Assert.Equal(new AxisRelation.Tied(node.In(0, 1), node.Out(1)), Assert.Single(new RotaryEmbedding("").Relate(node)));
    }

    [Theory]
    [InlineData("", 4)]
    [InlineData("com.microsoft", 0)]
    public void Joined_heads_are_split_inside_and_the_width_stays(string domain, int stated)
    {
        var op = new RotaryEmbedding(domain);
        int[][] inputs = domain.Length == 0 ? [[2, 3, 32], [8, 4], [8, 4]] : [[2, 3, 32], [2, 3], [8, 4], [8, 4]];
        var node = Nodes.Inside(op, Nodes.View("RotaryEmbedding", inputs, [2, 3, 32], ("num_heads", Nodes.Int(stated))));

        Assert.Contains(op.Relate(node), relation => relation is AxisRelation.Frozen(var axis, _) && axis == node.Inner("width"));
        Assert.Equal(node.Inner("heads"), Assert.Single(op.Relate(node).OfType<AxisRelation.Product>()).Factors[0]);
        var after = Nodes.Of(node.Node, [("x0", [2, 3, 16]), ("x1", inputs[1]), ("x2", inputs[2]), ("heads of y0", [2])]);
        Assert.Equal(stated == 0 ? 0 : 2, op.Rewrite(node, after).Node.GetInt("num_heads", -1));
    }

    [Fact]
    public void Heads_that_nothing_tells_stay_whole() => Assert.Empty(new RotaryEmbedding("com.microsoft").Relate(Nodes.View(
        "RotaryEmbedding", [[2, 3, 32], [2, 3], [8, 2], [8, 2]], [2, 3, 32], ("rotary_embedding_dim", Nodes.Int(4)))));
}
