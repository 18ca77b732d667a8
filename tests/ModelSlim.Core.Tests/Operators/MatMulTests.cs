using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class MatMulTests
{
    [Theory]
    [InlineData(new[] { 2, 4 }, new[] { 4, 3 }, new[] { 2, 3 }, "x0[1]=x1[0] x1[1]=y0[1] x0[0]=y0[0]", 24)]
    [InlineData(new[] { 4 }, new[] { 4 }, new int[0], "x0[0]=x1[0]", 4)]
    [InlineData(new[] { 4 }, new[] { 4, 3 }, new[] { 3 }, "x0[0]=x1[0] x1[1]=y0[0]", 12)]
    [InlineData(new[] { 2, 4 }, new[] { 4 }, new[] { 2 }, "x0[1]=x1[0] x0[0]=y0[0]", 8)]
    [InlineData(new[] { 4 }, new[] { 5, 4, 3 }, new[] { 5, 3 }, "x0[0]=x1[1] x1[2]=y0[1] x1[0]=y0[0]", 60)]
    [InlineData(new[] { 5, 2, 4 }, new[] { 4 }, new[] { 5, 2 }, "x0[2]=x1[0] x0[1]=y0[1] x0[0]=y0[0]", 40)]
    [InlineData(new[] { 5, 2, 4 }, new[] { 4, 3 }, new[] { 5, 2, 3 }, "x0[2]=x1[0] x1[1]=y0[2] x0[1]=y0[1] x0[0]=y0[0]", 120)]
    [InlineData(
        new[] { 7, 1, 2, 4 }, new[] { 5, 4, 3 }, new[] { 7, 5, 2, 3 },
        "x0[3]=x1[1] x1[2]=y0[3] x0[2]=y0[2] x0[0]=y0[0] x1[0]=y0[1]", 7 * 5 * 24)]
    public void Ranks_and_batches(int[] a, int[] b, int[] y, string relations, long macs)
    {
        var node = Nodes.View("MatMul", [a, b], y);

        Assert.Equal(relations, string.Join(' ', Nodes.Relations<MatMul>(node)));
        Assert.Equal(macs, new MatMul().Macs(node));
        Assert.Equal(relations.Split(' ')[0], string.Join('=', new MatMul().Contracted(node)));
    }
}
