using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class FusedMatMulTests
{
    [Theory]
    [InlineData("", "x0[2]=x1[1] x1[2]=y0[2] x0[1]=y0[1] x0[0]=y0[0] x1[0]=y0[0]")]
    [InlineData("transA", "x0[1]=x1[1] x1[2]=y0[2] x0[2]=y0[1] x0[0]=y0[0] x1[0]=y0[0]")]
    [InlineData("transB", "x0[2]=x1[2] x1[1]=y0[2] x0[1]=y0[1] x0[0]=y0[0] x1[0]=y0[0]")]
    [InlineData("transBatchA", "x0[2]=x1[1] x1[2]=y0[2] x0[0]=y0[1] x0[1]=y0[0] x1[0]=y0[0]")]
    [InlineData("transBatchB", "x0[2]=x1[0] x1[2]=y0[2] x0[1]=y0[1] x0[0]=y0[0] x1[1]=y0[0]")]
    public void Factors_may_be_turned(string attribute, string relations)
    {
        // All extents alike, so that any of them may be any other.
        var node = Nodes.View("FusedMatMul", [[5, 5, 5], [5, 5, 5]], [5, 5, 5], (attribute, Nodes.Int(1)));

        Assert.Equal(relations, string.Join(' ', Nodes.Relations<FusedMatMul>(node)));
        Assert.Equal(relations.Split(' ')[0], string.Join('=', Nodes.Sums<FusedMatMul>(node)));
        Assert.Equal(625, new FusedMatMul().Macs(node));
    }

    [Fact]
    public void A_factor_without_batches_serves_all() => Assert.Equal(
        ["x0[2]=x1[1]", "x1[0]=y0[2]", "x0[1]=y0[1]", "x0[0]=y0[0]"],
        Nodes.Relations<FusedMatMul>(Nodes.View("FusedMatMul", [[5, 2, 4], [3, 4]], [5, 2, 3], ("transB", Nodes.Int(1)))));
}
