using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class MatricesTests
{
    [Theory]
    [InlineData("", "Det")]
    [InlineData("", "Trilu")]
    [InlineData("com.microsoft", "Trilu")]
    public void What_counts_matrices_passes(string domain, string op) => Assert.Equal(
        ["x0[0]=y0[0]", "x0[1]=y0[1]"],
        new Matrices(domain).Relate(Nodes.View(op, [[2, 3, 4, 4]], op == "Det" ? [2, 3] : [2, 3, 4, 4])).Select(Nodes.Write));

    [Fact]
    public void One_matrix_stays() => Assert.Empty(new Matrices("").Relate(Nodes.View("Trilu", [[4, 4]], [4, 4])));
}
