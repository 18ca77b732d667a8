using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class RegionPoolTests
{
    [Fact]
    public void Channels_and_regions_pass_and_pictures_stay() => Assert.Equal(
        ["x0[1]=y0[1]", "x1[0]=y0[0]", "x1[0]=x2[0]"],
        Nodes.Relations<RegionPool>(Nodes.View("RoiAlign", [[2, 4, 8, 8], [3, 4], [3]], [3, 4, 2, 2])));

    [Fact]
    public void MaxRoiPool_has_the_pictures_in_its_regions() => Assert.Equal(
        ["x0[1]=y0[1]", "x1[0]=y0[0]"], Nodes.Relations<RegionPool>(Nodes.View("MaxRoiPool", [[2, 4, 8, 8], [3, 5]], [3, 4, 2, 2])));
}
