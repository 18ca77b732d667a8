using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Tests.Recipes;

public sealed class TargetArgumentTests
{
    private static readonly TargetArgument Argument = new("--target");

    [Fact]
    public void Targets_follow_the_rules_of_the_recipe()
    {
        var target = Argument.Read(["macs=50%", "params = 0.25", "size=4MB", "latency=50%"]).Value!;

        Assert.Equal((0.5, 0.25), (target.Macs, target.Params));
        Assert.Equal((new TargetLimit(4e6, false), new TargetLimit(0.5, true)), (target.Size, target.Latency));
    }

    [Theory]
    [InlineData("50%", "'50%' is not a target; write one such as macs=50%")]
    [InlineData("=50%", "is not a target")]
    [InlineData("macs=", "target.macs must be a fraction such as 0.5 or 50%, not empty")]
    [InlineData("macs=2", "did you mean 2%?")]
    [InlineData("mac=50%", "did you mean 'macs'?")]
    [InlineData("size=4", "target.size needs a unit, such as 4MB, or a share such as 50%")]
    public void Errors_name_the_option(string text, string message)
    {
        var error = Assert.Single(Argument.Read([text]).Diagnostics);

        Assert.Equal("--target", error.Location!.ToString());
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_target_twice_is_an_error() =>
        Assert.Contains("given twice", Assert.Single(Argument.Read(["macs=50%", "macs=40%"]).Diagnostics).Message, StringComparison.Ordinal);

    [Fact]
    public void No_target_is_an_error() => Assert.False(Argument.Read([]).Succeeded);
}
