using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class GemmTests
{
    [Theory]
    [InlineData(new[] { 3 }, "x2[0]=y0[1]")]
    [InlineData(new[] { 1, 3 }, "x2[1]=y0[1]")]
    [InlineData(new[] { 2, 3 }, "x2[0]=y0[0] x2[1]=y0[1]")]
    [InlineData(new[] { 2, 1 }, "x2[0]=y0[0]")]
    [InlineData(new[] { 1 }, "")]
    [InlineData(new int[0], "")]
    public void C_follows_the_axes_it_has(int[] c, string relations) => Assert.Equal(
        $"x0[0]=y0[0] x0[1]=x1[0] x1[1]=y0[1] {relations}".TrimEnd(),
        string.Join(' ', Nodes.Relations<Gemm>(Nodes.View("Gemm", [[2, 4], [4, 3], c], [2, 3]))));

    [Fact]
    public void C_may_be_left_out() => Assert.Equal(
        ["x0[0]=y0[0]", "x0[1]=x1[0]", "x1[1]=y0[1]"],
        Nodes.Relations<Gemm>(Nodes.View("Gemm", [[2, 4], [4, 3], null], [2, 3])));

    [Fact]
    public void Transposed_factors_change_their_axes()
    {
        var node = Nodes.View("Gemm", [[4, 2], [3, 4]], [2, 3], ("transA", Nodes.Int(1)), ("transB", Nodes.Int(1)));

        Assert.Equal(["x0[1]=y0[0]", "x0[0]=x1[1]", "x1[0]=y0[1]"], Nodes.Relations<Gemm>(node));
        Assert.Equal(["x0[0]", "x1[1]"], new Gemm().Contracted(node).Select(axis => axis.ToString()));
        Assert.Equal(2 * 3 * 4, new Gemm().Macs(node));
    }
}
