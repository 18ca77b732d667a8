using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class FusedElementwiseTests
{
    [Fact]
    public void A_bias_is_aligned_at_the_right() => Assert.Equal(
        ["x0[0]=y0[0]", "x0[1]=y0[1]", "x1[0]=y0[1]"],
        Nodes.Relations<FusedElementwise>(Nodes.View("BiasGelu", [[2, 4], [4]], [2, 4])));

    [Fact]
    public void A_bias_may_be_left_out() =>
        Assert.Equal(["x0[0]=y0[0]"], Nodes.Relations<FusedElementwise>(Nodes.View("FastGelu", [[4], null], [4])));
}
