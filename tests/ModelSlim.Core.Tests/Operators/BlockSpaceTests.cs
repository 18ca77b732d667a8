using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class BlockSpaceTests
{
    [Theory]
    [InlineData("DepthToSpace", "DCR", "y0[1]*x0[1]")]
    [InlineData("DepthToSpace", "CRD", "y0[1]|x0[1]")]
    [InlineData("SpaceToDepth", "DCR", "x0[1]*y0[1]")]
    public void A_channel_has_several_in_the_deeper_picture(string opType, string mode, string relation) => Assert.Equal(
        ["x0[0]=y0[0]", relation],
        Nodes.Relations<BlockSpace>(Nodes.View(opType, [[1, 12, 2, 2]], [[1, 3, 4, 4]], ("mode", new AttributeValue.Text(mode)))));
}
