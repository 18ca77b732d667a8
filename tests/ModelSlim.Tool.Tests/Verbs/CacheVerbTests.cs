using System.Globalization;
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

    [Fact]
    public async Task Tells_of_which_model_a_result_is_and_when_it_was_stored()
    {
        using var folder = new TemporaryFolder();
        var store = folder.File("store", "here");
        var model = ToolRun.WriteModel(folder, "clothes.onnx");
        Assert.Equal(0, (await ToolRun.Of("prune", model, "--target", "macs=50%", "-o", folder.File("slim.onnx"), "--cache-dir", store)).ExitCode);

        var entry = Assert.Single((await ToolRun.Of("cache", "list", "--json", "--cache-dir", store)).Json["entries"]!.AsArray())!;
        var text = (await ToolRun.Of("cache", "list", "--cache-dir", store)).Output;

        Assert.Equal("clothes.onnx", (string?)entry["model"]);
        Assert.InRange(DateTimeOffset.UtcNow - DateTimeOffset.Parse((string)entry["stored"]!, CultureInfo.InvariantCulture), TimeSpan.FromMinutes(-1), TimeSpan.FromHours(1));
        Assert.Contains("clothes.onnx", text, StringComparison.Ordinal);
        Assert.Contains("MACs ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clears_what_is_old_and_leaves_the_rest()
    {
        using var folder = new TemporaryFolder();
        var store = ArtifactStore.Open(folder.FullName).Value!;
        Store(store, "old", "a");
        Store(store, "new", "b");
        Age(folder, "ac", TimeSpan.FromDays(10), record => record == new FingerprintBuilder().Add("model", "old").Build().Key);
        Age(folder, "cas", TimeSpan.FromDays(10), _ => true);

        var cleared = await ToolRun.Of("cache", "clear", "--older-than", "3", "--cache-dir", folder.FullName);

        Assert.Equal(0, cleared.ExitCode);
        var left = Assert.Single(store.List());
        Assert.Equal(new FingerprintBuilder().Add("model", "new").Build().Key, left.Fingerprint.Key);
        Assert.NotNull(store.TryGet(left.Fingerprint, TestContext.Current.CancellationToken).Artifact);
        Assert.Single(Directory.GetFiles(Path.Combine(folder.FullName, "v1", "cas"), "*", SearchOption.AllDirectories));
    }

    private static void Store(ArtifactStore store, string name, string content) => Assert.NotNull(store.Put(
        new FingerprintBuilder().Add("model", name).Build(),
        [NewOutput.From("model.onnx", Encoding.UTF8.GetBytes(content))],
        TestContext.Current.CancellationToken).Artifact);

    private static void Age(TemporaryFolder folder, string part, TimeSpan age, Func<string, bool> chosen)
    {
        foreach (var path in Directory.GetFiles(Path.Combine(folder.FullName, "v1", part), "*", SearchOption.AllDirectories)
            .Where(path => chosen(Path.GetFileName(path))))
        {
            File.SetAttributes(path, FileAttributes.Normal);
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow - age);
        }
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
