using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class AxisSumTests
{
    [Fact]
    public void The_last_axis_is_summed_over_unless_another_is_stated()
    {
        Assert.Equal(["x0[2]"], Nodes.Sums<AxisSum>(Nodes.View("LpNormalization", [[2, 4, 3]], [2, 4, 3])));
        Assert.Equal(["x0[1]"], Nodes.Sums<AxisSum>(Nodes.View("LpNormalization", [[2, 4, 3]], [2, 4, 3], ("axis", Nodes.Int(-2)))));
    }

    [Fact]
    public void CumSum_states_its_axis_by_an_input()
    {
        var node = Nodes.View(14, "CumSum", [[2, 4], [1]], [[2, 4]], Nodes.Stored("x1", -1));

        Assert.Equal(["x0[1]"], Nodes.Sums<AxisSum>(node));
        Assert.Equal(["x0[0]=y0[0]", "x0[1]=y0[1]"], Nodes.Relations<AxisSum>(node));
        Assert.Empty(Nodes.Relations<AxisSum>(Nodes.View("CumSum", [[2, 4], [1]], [2, 4])));
    }
}
