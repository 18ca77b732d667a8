using System.Security.Cryptography;

namespace ModelSlim.Remotes.Tests.Servers;

/// <summary>What every client does with the real server that it is for.</summary>
public sealed class RealServerTests(RealServers servers) : IClassFixture<RealServers>, IDisposable
{
    private static readonly RemoteTimes Times = RemoteTimes.Usual;

    private readonly RemoteCase test = new();

    /// <summary>The servers.</summary>
    public static TheoryData<string> Servers => ["nginx", "registry", "azurite", "s3rver"];

    public void Dispose() => test.Dispose();

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task What_one_machine_puts_there_another_one_gets(string name)
    {
        var (content, key) = (RandomNumberGenerator.GetBytes(9 << 20), NewKey());
        var run = Run(servers.Started(name));

        Assert.Null(await test.Fetch(run, key));
        Assert.True(await test.Upload(run, test.Make(test.There, content, key), test.There), Said());
        Assert.True(await test.Upload(run, test.Make(test.There, content, key), test.There), Said());
        Assert.Equal(content, await test.Fetch(Run(servers.Started(name)), key));

        Assert.Empty(test.Said);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Two_results_of_one_key_leave_one_that_is_whole(string name)
    {
        var key = NewKey();
        using var other = new RemoteCase();
        var server = servers.Started(name);

        var uploads = await Task.WhenAll(
            test.Upload(Run(server), test.Make(test.There, $"first {key}", key), test.There),
            other.Upload(other.Run(server.Address, environment: server.Credentials.GetValueOrDefault, times: Times), other.Make(other.There, $"other {key}", key), other.There));

        Assert.Equal([true, true], uploads);
        var got = await test.Fetch(Run(server), key);
        Assert.True(got!.AsSpan().EndsWith(System.Text.Encoding.UTF8.GetBytes(key)));
        Assert.Empty(test.Said);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task It_lists_what_it_has_if_it_can(string name)
    {
        var key = NewKey();
        var server = servers.Started(name);
        await test.Upload(Run(server), test.Make(test.There, "model", key), test.There);

        var listed = await Run(server).ListAsync(100, TestContext.Current.CancellationToken);

        Assert.Equal(server.Lists, listed.Succeeded);
        Assert.Equal(server.Lists, listed.Value?.Contains(RemoteCase.Key(key).Key) ?? false);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_wrong_secret_is_one_warning_that_does_not_tell_it(string name)
    {
        var server = servers.Started(name);
        Assert.SkipWhen(server.WrongCredentials is null, $"{server.Program} lets everybody in.");
        var run = test.Run(server.Address, environment: server.WrongCredentials!.GetValueOrDefault, times: Times);

        Assert.False(await test.Upload(run, test.Make(test.There), test.There));

        var said = Assert.Single(test.Said);
        Assert.Equal("MSLIM3022", said.Code);
        Assert.Matches(@"\((401|403)\)", said.Message);
        Assert.DoesNotContain(server.WrongCredentials!.Values.Select(secret => secret), said.Message.Contains);
    }

    [Theory]
    [InlineData("azurite")]
    [InlineData("s3rver")]
    public async Task A_place_that_nobody_made_is_said_to_be_none(string name)
    {
        var server = servers.Started(name);
        var run = test.Run(server.Address.Replace("/cache/", "/nowhere/", StringComparison.Ordinal).Replace("//cache/", "//nowhere/", StringComparison.Ordinal), environment: server.Credentials.GetValueOrDefault, times: Times);

        Assert.False(await test.Upload(run, test.Make(test.There), test.There));

        Assert.Contains("(404)", Assert.Single(test.Said).Message, StringComparison.Ordinal);
    }

    private static string NewKey() => Guid.NewGuid().ToString("N");

    private Core.Caching.RemoteCache Run(RealServer server) => test.Run(server.Address, environment: server.Credentials.GetValueOrDefault, times: Times);

    private string Said() => string.Join('\n', test.Said);
}
