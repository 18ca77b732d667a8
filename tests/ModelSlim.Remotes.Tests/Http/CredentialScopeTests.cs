using ModelSlim.Remotes.Http;

namespace ModelSlim.Remotes.Tests.Http;

public sealed class CredentialScopeTests
{
    private static readonly Uri[] Addresses =
        [new("https://cache.test/pr/17"), new("https://cache.test/main"), new("https://other.test/main"), new("https://cache.test:8443/main"), new("oci://cache.test/main")];

    private static readonly Dictionary<string, string> Plain = new()
    {
        ["MODELSLIM_REMOTE_CACHE_USER"] = "ann",
        ["MODELSLIM_REMOTE_CACHE_PASSWORD"] = "s3cret",
        ["HOME"] = "/home/ann",
    };

    /// <summary>What is said without a number is for the first address, and for others on its server.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    public void A_server_gets_what_is_meant_for_it(int place, bool gets)
    {
        var seen = CredentialScope.Of(Addresses, place, Plain.GetValueOrDefault);

        Assert.Equal(gets ? "ann" : null, seen("MODELSLIM_REMOTE_CACHE_USER"));
        Assert.Equal(gets ? "s3cret" : null, seen("MODELSLIM_REMOTE_CACHE_PASSWORD"));
        Assert.Equal("/home/ann", seen("HOME"));
        Assert.Equal(gets, HttpCredentials.Read(seen) is not null);
    }

    /// <summary>A token for the third address stands alone: no user of the first goes along.</summary>
    [Fact]
    public void A_number_says_which_address_is_meant()
    {
        var variables = Plain.Append(new("MODELSLIM_REMOTE_CACHE_TOKEN_3", "t0ken")).ToDictionary();

        var third = CredentialScope.Of(Addresses, 2, variables.GetValueOrDefault);
        Assert.Equal("Bearer t0ken", HttpCredentials.Read(third)!.ToString());
        Assert.Null(third("MODELSLIM_REMOTE_CACHE_USER"));
        Assert.Null(HttpCredentials.Read(CredentialScope.Of(Addresses, 3, variables.GetValueOrDefault)));
        Assert.Equal("Basic", HttpCredentials.Read(CredentialScope.Of(Addresses, 1, variables.GetValueOrDefault))!.Scheme);
    }
}
