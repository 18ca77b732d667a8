using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class ReductionTests
{
    [Theory]
    [InlineData("ReduceSum", "x0[1]=x0[1]")]
    [InlineData("ReduceL2", "x0[1]=x0[1]")]
    [InlineData("ReduceMean", "~x0[1]")]
    [InlineData("ReduceMax", "~x0[1]")]
    [InlineData("ReduceProd", "!x0[1]")]
    [InlineData("ReduceLogSumExp", "!x0[1]")]
    public void What_is_reduced_over_may_go_where_nobody_misses_it(string op, string reduced) => Assert.Equal(
        ["x0[0]=y0[0]", reduced, "x0[2]=y0[2]"],
        Nodes.Relations<Reduction>(Nodes.View(op, [[2, 4, 3]], [2, 1, 3], ("axes", Nodes.Ints(1)))));

    [Fact]
    public void Axes_that_are_dropped_count_no_more() => Assert.Equal(
        ["x0[0]=y0[0]", "~x0[1]", "x0[2]=y0[1]"],
        Nodes.Relations<Reduction>(Nodes.View("ReduceMean", [[2, 4, 3]], [2, 3], ("axes", Nodes.Ints(-2)), ("keepdims", Nodes.Int(0)))));

    [Fact]
    public void Without_axes_everything_is_reduced_over_or_nothing()
    {
        Assert.Equal(["~x0[0]", "~x0[1]"], Nodes.Relations<Reduction>(Nodes.View("ReduceMean", [[2, 4]], [1, 1])));
        Assert.Equal(
            ["x0[0]=y0[0]", "x0[1]=y0[1]"],
            Nodes.Relations<Reduction>(Nodes.View("ReduceMean", [[2, 4]], [2, 4], ("noop_with_empty_axes", Nodes.Int(1)))));
    }

    [Fact]
    public void Axes_may_be_an_input_but_not_a_computed_one()
    {
        Assert.Equal(["x0[0]=x0[0]", "x0[1]=y0[1]"], Nodes.Relations<Reduction>(Nodes.View(18, "ReduceL1", [[2, 4], [1]], [[1, 4]], Nodes.Stored("x1", -2))));
        Assert.Empty(Nodes.Relations<Reduction>(Nodes.View("ReduceL1", [[2, 4], [1]], [1, 4])));
        Assert.Empty(Nodes.Sums<Reduction>(Nodes.View("ReduceL1", [[2, 4], [1]], [1, 4])));
    }

    [Theory]
    [InlineData("ReduceSum", 1)]
    [InlineData("ReduceMean", 0)]
    public void Sums_do_not_miss_zeros(string op, int axes) =>
        Assert.Equal(axes, Nodes.Sums<Reduction>(Nodes.View(op, [[2, 4, 3]], [2, 1, 3], ("axes", Nodes.Ints(1)))).Length);
}
