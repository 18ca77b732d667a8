using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class ElementGatherTests
{
    [Fact]
    public void The_other_axes_are_carried_on() => Assert.Equal(
        ["!x0[0]", "x1[0]=y0[0]", "x0[1]+0=x1[1]", "x1[1]=y0[1]"],
        Nodes.Relations<ElementGather>(Nodes.View("GatherElements", [[5, 4], [2, 4]], [[2, 4]])));

    [Fact]
    public void What_is_scattered_has_no_place_to_spare() => Assert.Equal(
        ["x0[0]=y0[0]", "!x0[0]", "x0[1]=y0[1]", "x0[1]+0=x1[1]", "x1[1]=x2[1]"],
        Nodes.Relations<ElementGather>(Nodes.View("ScatterElements", [[5, 4], [2, 4], [2, 4]], [[5, 4]])));
}
