using ModelSlim.Core.Caching;

namespace ModelSlim.Core.Tests.Caching;

public sealed class StoreSizeTests
{
    [Theory]
    [InlineData("0B", 0L)]
    [InlineData("500MB", 500_000_000L)]
    [InlineData("2.5 GiB", 2_684_354_560L)]
    [InlineData("1tib", 1_099_511_627_776L)]
    [InlineData("10", null)]
    [InlineData("-1GB", null)]
    [InlineData("1e3GB", null)]
    [InlineData("NaNGB", null)]
    [InlineData("1,5GB", null)]
    [InlineData("1GB\n", null)]
    [InlineData("999999999999999TiB", null)]
    [InlineData("", null)]
    public void Sizes_have_a_unit(string text, long? bytes) => Assert.Equal(bytes, StoreSize.Read(text));

    [Theory]
    [InlineData("30d", 30 * 24 * 60)]
    [InlineData("1.5h", 90)]
    [InlineData("45m", 45)]
    [InlineData("0m", 0)]
    [InlineData("30", null)]
    [InlineData("5GB", null)]
    [InlineData("100000000d", null)]
    public void Ages_have_a_unit(string text, int? minutes) => Assert.Equal(minutes, StoreSize.ReadAge(text)?.TotalMinutes);

    [Fact]
    public void The_limit_is_10_GiB_or_what_the_variable_says()
    {
        Assert.Equal((10L << 30, true), StoreSize.Limit(null));
        Assert.Equal((10L << 30, true), StoreSize.Limit(""));
        Assert.Equal((1_000_000L, true), StoreSize.Limit("1MB"));
        Assert.Equal((null, true), StoreSize.Limit("none"));
        Assert.Equal((10L << 30, false), StoreSize.Limit("much"));
    }
}
