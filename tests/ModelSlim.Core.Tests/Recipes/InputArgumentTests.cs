using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Tests.Recipes;

public sealed class InputArgumentTests
{
    [Fact]
    public void Names_and_sizes_are_read()
    {
        var inputs = new InputArgument("--input").Read(["x=1, 3,224,224", "a=b=7"]).Value!;

        Assert.Equal([1, 3, 224, 224], inputs["x"]);
        Assert.Equal([7], inputs["a=b"]);
    }

    [Fact]
    public void Nothing_is_no_input() => Assert.Empty(new InputArgument("--input").Read([]).Value!);

    [Theory]
    [InlineData("x", "'x' does not say the sizes of an input; write them such as x=1,3,224,224")]
    [InlineData("=1,2", "does not say the sizes")]
    [InlineData("x=", "inputs.x must be a whole number")]
    [InlineData("x=1,0", "inputs.x must be at least 1")]
    [InlineData("x=1,h", "inputs.x must be a whole number")]
    [InlineData("x=1,1,1,1,1,1,1,1,1", "it must have 1 to 8")]
    public void What_is_no_size_is_refused_in_words(string argument, string message)
    {
        var result = new InputArgument("--input").Read([argument]);

        Assert.Contains(message, Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_has_one_shape() =>
        Assert.Contains("'x' is given twice", Assert.Single(new InputArgument("--input").Read(["x=1", "x=2"]).Diagnostics).Message, StringComparison.Ordinal);
}
