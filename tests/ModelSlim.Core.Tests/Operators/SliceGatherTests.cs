using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class SliceGatherTests
{
    [Fact]
    public void Axes_after_the_indexed_ones_are_carried_on() => Assert.Equal(
        ["x1[0]=y0[0]", "!x0[0]", "x0[1]=y0[1]"],
        Nodes.Relations<SliceGather>(Nodes.View("GatherND", [[5, 4], [3, 1]], [[3, 4]])));

    [Fact]
    public void Batch_axes_are_carried_on_too() => Assert.Equal(
        ["x1[0]=y0[0]", "x0[0]=x1[0]", "!x0[1]", "x0[2]=y0[1]"],
        Nodes.Relations<SliceGather>(Nodes.View("GatherND", [[3, 5, 4], [3, 1]], [[3, 4]], ("batch_dims", Nodes.Int(1)))));

    [Fact]
    public void What_is_scattered_has_no_place_to_spare() => Assert.Equal(
        ["!x0[0]", "x0[0]=y0[0]", "x0[1]=x2[1]", "x0[1]=y0[1]"],
        Nodes.Relations<SliceGather>(Nodes.View("ScatterND", [[5, 4], [3, 1], [3, 4]], [[5, 4]])));
}
