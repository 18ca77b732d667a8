using System.Text;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Testing;
using ModelSlim.Tool.Verbs;

namespace ModelSlim.Tool.Tests.Verbs;

public sealed class CacheVerbTests
{
    [Fact]
    public async Task The_path_is_that_of_the_option()
    {
        using var folder = new TemporaryFolder();

        var run = await ToolRun.Of("cache", "path", "--cache-dir", folder.FullName);

        Assert.Equal((0, folder.FullName + "\n"), (run.ExitCode, run.Output));
        Assert.Equal(folder.FullName, (string?)(await ToolRun.Of("cache", "path", "--json", "--cache-dir", folder.FullName)).Json["path"]);
    }

    [Fact]
    public async Task The_path_can_come_from_the_environment()
    {
        using var folder = new TemporaryFolder();

        var run = await ToolRun.Of(
            host => host with { Environment = name => name == "MODELSLIM_CACHE_DIR" ? folder.FullName : null },
            VerbCatalog.All,
            ["cache", "path"]);

        Assert.Equal(folder.FullName + "\n", run.Output);
    }

    [Fact]
    public async Task Without_a_folder_it_says_how_to_name_one()
    {
        var run = await ToolRun.Of("cache", "path");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--cache-dir", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_what_is_there_and_clears_it()
    {
        using var folder = new TemporaryFolder();
        var fingerprint = new FingerprintBuilder().Add("model", "x").Build();
        var stored = ArtifactStore.Open(folder.FullName).Value!.Put(
            fingerprint, [NewOutput.From("model.onnx", Encoding.UTF8.GetBytes("slim"))], cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotNull(stored.Artifact);

        var list = (await ToolRun.Of("cache", "list", "--json", "--cache-dir", folder.FullName)).Json;
        var entry = Assert.Single(list["entries"]!.AsArray())!;
        Assert.Equal((fingerprint.Key, 4L, 4L), ((string?)entry["key"], (long)entry["bytes"]!, (long)list["bytes"]!));
        Assert.Equal("model.onnx", (string?)entry["outputs"]![0]!["name"]);
        Assert.Contains(fingerprint.Key[..12], (await ToolRun.Of("cache", "list", "--cache-dir", folder.FullName)).Output, StringComparison.Ordinal);

        var cleared = await ToolRun.Of("cache", "clear", "--cache-dir", folder.FullName);
        Assert.Equal(0, cleared.ExitCode);
        Assert.StartsWith("Deleted ", cleared.Output, StringComparison.Ordinal);
        Assert.Empty((await ToolRun.Of("cache", "list", "--json", "--cache-dir", folder.FullName)).Json["entries"]!.AsArray());
    }

    [Theory]
    [InlineData("list")]
    [InlineData("clear")]
    public async Task A_store_that_is_not_there_is_empty_and_is_not_made(string verb)
    {
        using var folder = new TemporaryFolder();
        var store = Path.Combine(folder.FullName, "none");

        var run = await ToolRun.Of("cache", verb, "--json", "--cache-dir", store);

        Assert.Equal((0, 0L), (run.ExitCode, (long)run.Json["bytes"]!));
        Assert.False(Directory.Exists(store));
    }
}
