using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class EinsumEquationTests
{
    [Theory]
    [InlineData("ij,jk->ik", 2, 2, "i j|j k|i k")]
    [InlineData("ij, jk", 2, 2, "i j|j k|i k")]
    [InlineData("ba,cb", 2, 2, "b a|c b|a c")]
    [InlineData("...ij,...jk->...ik", 4, 4, "1 0 i j|1 0 j k|1 0 i k")]
    [InlineData("...ij,jk->...ik", 3, 2, "0 i j|j k|0 i k")]
    [InlineData("i...j,...->i...", 3, 1, "i 0 j|0|i 0")]
    [InlineData("...i,i...", 2, 2, "0 i|i 0|0")]
    public void Letters_and_hidden_axes_are_labels(string equation, int first, int second, string labels)
    {
        var read = EinsumEquation.Read(equation, [first, second])!;

        Assert.Equal(labels, string.Join('|', read.Operands.Append(read.Output).Select(operand => string.Join(' ', operand))));
    }

    [Theory]
    [InlineData("ij,jk->ik", 2, 3)]
    [InlineData("ij->ji", 2, 2)]
    [InlineData("ij,jk->ik->k", 2, 2)]
    [InlineData("ij...k,k", 2, 1)]
    public void An_equation_that_does_not_fit_is_none(string equation, int first, int second) =>
        Assert.Null(EinsumEquation.Read(equation, [first, second]));

    [Fact]
    public void Only_hidden_axes_have_numbers()
    {
        Assert.True(EinsumEquation.IsHidden("0"));
        Assert.False(EinsumEquation.IsHidden("i"));
    }
}
