using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class PictureScalingTests
{
    [Fact]
    public void What_is_added_to_a_channel_goes_with_it()
    {
        var node = Nodes.View("ImageScaler", [[1, 3, 4, 4]], [1, 3, 4, 4], ("bias", new AttributeValue.Floats([0.5f, 1, 2])));
        var cut = new PictureScaling().Rewrite(node, node.After(Nodes.Cut("x0", 1, 0, 2), _ => null)).Node;

        Assert.Equal(["x0[0]=y0[0]", "x0[1]=y0[1]", "x0[2]=y0[2]", "x0[3]=y0[3]"], Nodes.Relations<PictureScaling>(node));
        Assert.Equal([0.5f, 2f], Assert.IsType<AttributeValue.Floats>(cut.Attributes["bias"]).Values);
    }
}
