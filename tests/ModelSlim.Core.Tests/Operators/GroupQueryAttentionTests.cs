using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class GroupQueryAttentionTests
{
    private static readonly (string, AttributeValue)[] Counts = [("num_heads", Nodes.Int(4)), ("kv_num_heads", Nodes.Int(2))];

    [Fact]
    public void Packed_inputs_are_three_bands_() => Assert.Equal(
        [
            "x0[2]+0=y0[2]", "x0[2]+32=keys of y0[0]", "x0[2]+48=keys of y0[0]",
            "y0[2]<heads of y0[0]xwidth of y0[0]",
            "keys of y0[0]<key heads of y0[0]xwidth of y0[0]",
            "heads of y0[0]<key heads of y0[0]xheads a key head of y0[0]",
            "key heads of y0[0]=x3[1]", "key heads of y0[0]=y1[1]",
        ],
        Nodes.Relations<GroupQueryAttention>(View([[1, 3, 64], null, null, [1, 2, 2, 8]]))
            .Where(relation => relation[0] != '!'));

    [Fact]
    public void The_width_stays()
    {
        var node = View([[1, 3, 64], null, null]);

        Assert.Contains(new GroupQueryAttention().Relate(node), relation => relation is AxisRelation.Frozen(var axis, _) && axis == node.Inner("width"));
    }

    [Fact]
    public void Both_counts_follow()
    {
        var before = View([[1, 3, 32], [1, 3, 16], [1, 3, 16]]);
        var after = Nodes.Of(before.Node, [("heads of y0", [2]), ("key heads of y0", [1])]);

        var node = new GroupQueryAttention().Rewrite(before, after).Node;

        Assert.Equal(2, node.GetInt("num_heads", 0));
        Assert.Equal(1, node.GetInt("kv_num_heads", 0));
        Assert.Equal(2 * 3 * 32 * 5, new GroupQueryAttention().Macs(before));
    }

    [Fact]
    public void Quantized_keys_stay_whole() => Assert.Empty(Nodes.Relations<GroupQueryAttention>(
        View([[1, 3, 64], null, null, null, null, null, null, null, null, null, null, null, [1]])));

    private static NodeView View(int[]?[] inputs) =>
        Nodes.Inside<GroupQueryAttention>(Nodes.View("GroupQueryAttention", inputs, [[1, 3, 32], [1, 2, 5, 8]], Counts));
}
