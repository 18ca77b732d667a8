using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Tests.Diagnostics;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("macs", "macs")]
    [InlineData("mac", "macs")]
    [InlineData("mcas", "macs")]
    [InlineData("maxRatio", "max_ratio")]
    [InlineData("MAX-RATIO", "max_ratio")]
    [InlineData("max_ration", "max_ratio")]
    [InlineData("x", null)]
    [InlineData("", null)]
    [InlineData("latency", null)]
    public void Finds_what_is_meant(string written, string? meant) =>
        Assert.Equal(meant, NearestName.Of(written, ["macs", "params", "max_ratio"]));

    [Fact]
    public void Long_names_are_not_compared() => Assert.Null(NearestName.Of(new string('a', 65), [new string('a', 65)]));
}
