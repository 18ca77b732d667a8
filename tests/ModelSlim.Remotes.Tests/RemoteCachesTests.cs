namespace ModelSlim.Remotes.Tests;

/// <summary>What the command line and the environment say, and what must not stand in an address.</summary>
public sealed class RemoteCachesTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", " ")]
    [InlineData("none", "https://cache.test")]
    [InlineData(null, "none")]
    public void Without_an_address_there_is_none(string? written, string? variable) =>
        Assert.Null(new RemoteCaches(name => name == "MODELSLIM_REMOTE_CACHE" ? variable : null).Open(written, null));

    [Theory]
    [InlineData(null, null, null, true)]
    [InlineData(null, null, "read", false)]
    [InlineData(null, "readwrite", "read", true)]
    [InlineData("https://other.test/x/", "read", null, false)]
    public void What_is_written_goes_before_what_the_environment_says(string? written, string? mode, string? modeVariable, bool writes)
    {
        var environment = new Dictionary<string, string?> { ["MODELSLIM_REMOTE_CACHE"] = "https://cache.test", ["MODELSLIM_REMOTE_CACHE_MODE"] = modeVariable };

        using var opened = new RemoteCaches(name => environment.GetValueOrDefault(name)).Open(written, mode)!.Value!;

        Assert.Equal((written?.TrimEnd('/') ?? "https://cache.test", writes), (opened.Place, opened.Writes));
    }

    [Theory]
    [InlineData("cache.test")]
    [InlineData("ftp://cache.test/s3cret")]
    [InlineData("https://")]
    [InlineData("https://ann:s3cret@cache.test")]
    [InlineData("https://s3cret@cache.test")]
    [InlineData("https://cache.test/x?sig=s3cret")]
    [InlineData("https://cache.test/#s3cret")]
    [InlineData("http://cache.test")]
    public void An_address_with_secrets_or_in_the_open_is_refused_without_quoting_it(string address)
    {
        var opened = new RemoteCaches(_ => null).Open(address, null)!;

        var said = Assert.Single(opened.Diagnostics);
        Assert.Equal("MSLIM3024", said.Code);
        Assert.DoesNotContain("s3cret", said.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mode_that_is_none_is_refused() =>
        Assert.Equal("MSLIM3024", Assert.Single(new RemoteCaches(_ => null).Open("https://cache.test", "write")!.Diagnostics).Code);

    [Fact]
    public void A_key_that_is_none_closes_the_cache_and_does_not_open_it_to_all() => Assert.Equal("MSLIM3024", Assert.Single(
        new RemoteCaches(name => name == "MODELSLIM_TRUSTED_KEYS" ? "no key" : null).Open("https://cache.test", null)!.Diagnostics).Code);
}
