using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class SkipLayerNormalizationTests
{
    [Fact]
    public void The_sum_has_all_axes() => Assert.Equal(
        ["x0[0]=y0[0]", "x0[1]=y0[1]", "x0[2]=y0[2]", "x1[0]=y0[1]", "x1[1]=y0[2]", "x2[0]=y0[2]", "x4[0]=y0[2]",
            "y0[0]=y3[0]", "y0[1]=y3[1]", "y0[2]=y3[2]", "~y0[2]"],
        Nodes.Relations<SkipLayerNormalization>(Nodes.View(
            "SkipLayerNormalization", [[2, 3, 4], [3, 4], [4], null, [4]], [[2, 3, 4], null, null, [2, 3, 4]])));
}
