using ModelSlim.Testing;

namespace ModelSlim.Remotes.Tests;

/// <summary>A pull request reads what is its own and what the main branch made, and writes only the former.</summary>
public sealed class LayeredRemoteStoreTests : IDisposable
{
    private readonly LoopbackCache server = new();
    private readonly RemoteCase test = new();

    private string Main => server.Address + "/main";

    private string Request => $"{server.Address}/pr/17 {Main}";

    public void Dispose()
    {
        test.Dispose();
        server.Dispose();
    }

    [Fact]
    public async Task What_the_main_branch_made_is_taken()
    {
        await test.Upload(test.Run(Main), test.Make(test.There), test.There);

        Assert.Equal("model"u8.ToArray(), await test.Fetch(test.Run(Request)));
        Assert.Empty(test.Said);
    }

    [Fact]
    public async Task What_a_pull_request_made_is_taken_by_it_alone()
    {
        var run = test.Run(Request);
        Assert.True(await test.Upload(run, test.Make(test.There), test.There));

        Assert.Null(await test.Fetch(test.Run(Main)));
        Assert.NotNull(await test.Fetch(run));

        Assert.Empty(server.Paths("main"));
        Assert.Equal($"{server.Address}/pr/17 {Main}", run.Place);
        Assert.Empty(test.Said);
    }

    [Fact]
    public async Task A_server_that_lists_nothing_lets_nothing_be_listed() =>
        Assert.Equal("MSLIM3025", Assert.Single((await test.Run(Request).ListAsync(10, TestContext.Current.CancellationToken)).Diagnostics).Code);

    [Fact]
    public void One_wrong_address_is_enough() => Assert.Equal(
        "MSLIM3024", Assert.Single(new RemoteCaches(_ => null).Open(Main + " ftp://cache.test", null)!.Diagnostics).Code);
}
