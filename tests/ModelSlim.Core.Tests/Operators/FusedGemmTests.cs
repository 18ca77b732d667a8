using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class FusedGemmTests
{
    [Fact]
    public void It_is_a_Gemm()
    {
        var node = Nodes.View("FusedGemm", [[2, 4], [3, 4], [3]], [2, 3], ("transB", Nodes.Int(1)));

        Assert.Equal(Nodes.Relations<Gemm>(node), Nodes.Relations<FusedGemm>(node));
        Assert.Equal(["x0[1]", "x1[1]"], Nodes.Sums<FusedGemm>(node));
        Assert.Equal(24, new FusedGemm().Macs(node));
    }
}
