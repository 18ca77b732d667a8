using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class ExpansionTests
{
    [Theory]
    [InlineData("Expand", new[] { 3L, 4, 1 }, new[] { 3L, 3, 1 }, new[] { 3, 4, 5 }, new[] { 3, 3, 5 })]
    [InlineData("Expand", new[] { 3L, 1, 1 }, new[] { 3L, 1, 1 }, new[] { 3, 4, 5 }, new[] { 3, 3, 5 })]
    [InlineData("Tile", new[] { 1L, 2, 1 }, new[] { 1L, 2, 1 }, new[] { 1, 8, 5 }, new[] { 1, 6, 5 })]
    public void Sizes_follow(string opType, long[] stated, long[] expected, int[] to, int[] toAfter)
    {
        var node = new Node { OpType = opType, Inputs = ["x0", "x1"], Outputs = ["y0"] };
        var view = Nodes.Of(node, [("x0", [1, 4, 5]), ("x1", [3]), ("y0", to)], Nodes.Stored(("x1", stated)));

        Assert.Equal(expected, new Expansion().Rewrite(view, view.With(name => name == "x0" ? [1, 3, 5] : [.. toAfter])).Sizes[1]);
    }

    [Fact]
    public void What_is_repeated_is_free_where_it_was_one() => Assert.Equal(
        ["y0[0]=y0[0]", "y0[1]=y0[1]", "x0[1]*y0[2]"],
        Nodes.Relations<Expansion>(Nodes.Of(
            new Node { OpType = "Expand", Inputs = ["x0", "x1"], Outputs = ["y0"] },
            [("x0", [1, 4]), ("x1", [3]), ("y0", [2, 3, 4])],
            Nodes.Stored(("x1", [2, 3, 4])))));

    [Fact]
    public void Sizes_that_depend_on_data_cannot_follow() => Assert.Empty(Nodes.Relations<Expansion>(Nodes.View("Expand", [[4], [1]], [[4]])));
}
