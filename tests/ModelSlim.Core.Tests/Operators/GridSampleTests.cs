using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class GridSampleTests
{
    [Fact]
    public void Channels_pass_and_places_are_the_grids() => Assert.Equal(
        ["x0[0]=y0[0]", "x0[0]=x1[0]", "x0[1]=y0[1]", "x1[1]=y0[2]", "x1[2]=y0[3]"],
        new GridSample("").Relate(Nodes.View("GridSample", [[2, 4, 8, 8], [2, 3, 5, 2]], [2, 4, 3, 5])).Select(Nodes.Write));
}
