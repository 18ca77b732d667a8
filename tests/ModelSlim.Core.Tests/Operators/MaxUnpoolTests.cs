using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;
using ModelSlim.Core.Tests.Graphs;

namespace ModelSlim.Core.Tests.Operators;

public sealed class MaxUnpoolTests
{
    [Fact]
    public void Places_that_a_MaxPool_made_follow_the_channels() => Assert.Equal(
        ["x0[0]=y0[0]", "x1[0]=y0[0]", "x0[1]=y0[1]", "x1[1]=y0[1]"], Relations("MaxPool", [1, 4, 8, 8]));

    [Theory]
    [InlineData("MaxPool", 9)]
    [InlineData("ArgMax", 8)]
    public void Places_of_another_origin_or_size_stay(string producer, int width) => Assert.Empty(Relations(producer, [1, 4, 8, width]));

    [Fact]
    public void A_stated_shape_gets_shorter()
    {
        var node = Nodes.View(
            11, "MaxUnpool", [[1, 4, 4, 4], [1, 4, 4, 4], [4]], [[1, 4, 8, 8]], Nodes.Stored("x2", 1, 4, 8, 8));
        var after = Nodes.Of(node.Node, [("y0", [1, 3, 8, 8])]);

        Assert.Equal([1, 3, 8, 8], new MaxUnpool().Rewrite(node, after).Sizes[2]);
    }

    private static string[] Relations(string producer, int[] pooled)
    {
        var pool = new Node { OpType = producer, Inputs = ["p"], Outputs = ["x0", "x1"] };
        var unpool = new Node { OpType = "MaxUnpool", Inputs = ["x0", "x1"], Outputs = ["y0"] };
        var graph = new Graph
        {
            Inputs = [],
            Outputs = [],
            Nodes = [pool, unpool],
            Initializers = ImmutableDictionary<string, TensorData>.Empty,
            Opsets = ImmutableSortedDictionary<string, int>.Empty,
        };
        var trace = HandTrace.Of(("p", pooled), ("x0", [1, 4, 4, 4]), ("x1", [1, 4, 4, 4]), ("y0", [1, 4, 8, 8]));
        return new MaxUnpool().Relate(NodeView.Of(unpool, new GraphIndex(graph), trace)).Select(Nodes.Write).ToArray();
    }
}
