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

    [Theory]
    [InlineData("azblob://account", "", "")]
    [InlineData("azblob://account/cache", "AZURE_STORAGE_CONNECTION_STRING", "s3cret")]
    [InlineData("azblob://account/cache", "AZURE_STORAGE_KEY", "s3cret, and no Base64")]
    [InlineData("s3://cache", "AWS_ENDPOINT_URL", "s3cret is no address")]
    [InlineData("https://cache.invalid", "MODELSLIM_REMOTE_CACHE_TOKEN", "s3cret\nX-Header: y")]
    [InlineData("oci://127.0.0.1:9/x", "DOCKER_CONFIG", "\0s3cret")]
    public async Task What_a_client_cannot_read_in_the_environment_is_one_warning_that_does_not_quote_it(string address, string name, string value)
    {
        using var test = new RemoteCase();

        var opened = new RemoteCaches(asked => asked == name ? value : null) { Times = RemoteCase.Short }.Open(address, null)!;
        using var run = opened.Value;
        if (run is not null)
        {
            await test.Fetch(run);
        }

        var said = Assert.Single(opened.Diagnostics.Concat(test.Said));
        Assert.Contains(said.Code, (string[])["MSLIM3022", "MSLIM3024"]);
        Assert.DoesNotContain("s3cret", said.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AccountName=other;AccountKey=czNjcmV0", "azblob://account/cache", false)]
    [InlineData("AccountName=account;AccountKey=czNjcmV0", "azblob://account/cache", true)]
    [InlineData("AccountName=Account;AccountKey=czNjcmV0", "https://account.blob.core.windows.net/cache", true)]
    [InlineData("UseDevelopmentStorage=true", "azblob://account/cache", false)]
    public void A_connection_string_for_another_account_is_refused(string connection, string address, bool opens)
    {
        var opened = new RemoteCaches(name => name == "AZURE_STORAGE_CONNECTION_STRING" ? connection : null).Open(address, null)!;
        using var remote = opened.Value;

        Assert.Equal(opens, opened.Succeeded);
        Assert.All(opened.Diagnostics, said => Assert.Equal("MSLIM3024", said.Code));
        Assert.All(opened.Diagnostics, said => Assert.Contains("another account than 'account'", said.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_mode_that_is_none_is_refused() =>
        Assert.Equal("MSLIM3024", Assert.Single(new RemoteCaches(_ => null).Open("https://cache.test", "write")!.Diagnostics).Code);

    [Fact]
    public void A_key_that_is_none_closes_the_cache_and_does_not_open_it_to_all() => Assert.Equal("MSLIM3024", Assert.Single(
        new RemoteCaches(name => name == "MODELSLIM_TRUSTED_KEYS" ? "no key" : null).Open("https://cache.test", null)!.Diagnostics).Code);
}
