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
    public async Task Counts_what_results_share_once_whoever_counts()
    {
        using var folder = new TemporaryFolder();
        var store = ArtifactStore.Open(folder.FullName).Value!;
        Store(store, "a", "the same");
        Store(store, "b", "the same");
        Store(store, "c", "another");

        var list = await ToolRun.Of("cache", "list", "--json", "--cache-dir", folder.FullName);
        var verify = await ToolRun.Of("cache", "verify", "--json", "--cache-dir", folder.FullName);

        Assert.Equal((15L, 15L), ((long)list.Json["bytes"]!, (long)verify.Json["bytes"]!));
        Assert.Contains("3 results, 15 B in 2 files", (await ToolRun.Of("cache", "list", "--cache-dir", folder.FullName)).Output, StringComparison.Ordinal);
        Assert.Contains("3 sound results, 15 B in 2 files, 0 damaged", (await ToolRun.Of("cache", "verify", "--cache-dir", folder.FullName)).Output, StringComparison.Ordinal);
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

    [Fact]
    public async Task Removes_what_was_used_longest_ago_and_says_what()
    {
        using var folder = new TemporaryFolder();
        var store = ArtifactStore.Open(folder.FullName).Value!;
        Store(store, "old", new string('a', 3000));
        Store(store, "new", new string('b', 3000));
        var (old, @new) = (new FingerprintBuilder().Add("model", "old").Build(), new FingerprintBuilder().Add("model", "new").Build());
        Age(folder, "ac", TimeSpan.FromDays(10), record => record == old.Key);
        Age(folder, "used", TimeSpan.FromDays(10), record => record == old.Key);

        var enough = await ToolRun.Of("cache", "gc", "--json", "--cache-dir", folder.FullName);
        var wrong = await ToolRun.Of("cache", "gc", "--max-size", "4", "--cache-dir", folder.FullName);
        var run = await ToolRun.Of("cache", "gc", "--max-size", "4kB", "--json", "--cache-dir", folder.FullName);
        var again = await ToolRun.Of("cache", "gc", "--max-age", "5d", "--cache-dir", folder.FullName);

        Assert.Empty(enough.Json["removed"]!.AsArray());
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("--max-size must be a size such as 5GiB", wrong.Error, StringComparison.Ordinal);
        Assert.Equal((0, old.Key, 1), (run.ExitCode, (string?)Assert.Single(run.Json["removed"]!.AsArray()), (int)run.Json["kept"]!));
        Assert.InRange((long)run.Json["bytes"]!, 3000, 4000);
        Assert.StartsWith("Removed 0 results, 0 B; kept 1 result", again.Output, StringComparison.Ordinal);
        Assert.Equal([@new.Key], store.List().Select(record => record.Fingerprint.Key));
    }

    [Fact]
    public async Task The_store_keeps_to_the_limit_of_the_environment()
    {
        using var folder = new TemporaryFolder();
        var (store, model) = (folder.File("store"), ToolRun.WriteModel(folder));
        Task<ToolRun> Prune(string macs, string? limit) => ToolRun.Of(
            host => host with { Environment = name => name == "MODELSLIM_CACHE_MAX_SIZE" ? limit : null },
            VerbCatalog.All,
            ["prune", model, "--target", $"macs={macs}", "-o", folder.File("slim.onnx"), "--cache-dir", store]);

        Assert.Equal(0, (await Prune("50%", "1B")).ExitCode);
        Assert.Single(ArtifactStore.Open(store).Value!.List());
        Assert.Equal(0, (await Prune("60%", "1B")).ExitCode);
        Assert.Single(ArtifactStore.Open(store).Value!.List());
        var misread = await Prune("70%", "lots");

        Assert.Equal(0, misread.ExitCode);
        Assert.Contains("warning MSLIM3017", misread.Error, StringComparison.Ordinal);
        Assert.Equal(2, ArtifactStore.Open(store).Value!.List().Length);
    }

    [Fact]
    public async Task Finds_what_is_damaged_and_sets_it_aside()
    {
        using var folder = new TemporaryFolder();
        var store = ArtifactStore.Open(folder.FullName).Value!;
        Store(store, "a", "content a");
        Store(store, "b", "content b");
        var sound = await ToolRun.Of("cache", "verify", "--json", "--cache-dir", folder.FullName);
        var content = Directory.GetFiles(Path.Combine(folder.FullName, "v1", "cas"), "*", SearchOption.AllDirectories)[0];
        await File.WriteAllTextAsync(content, "CONTENT !", TestContext.Current.CancellationToken);

        var damaged = await ToolRun.Of("cache", "verify", "--json", "--cache-dir", folder.FullName);
        var again = await ToolRun.Of("cache", "verify", "--cache-dir", folder.FullName);

        Assert.Equal((0, 2, 0), (sound.ExitCode, (int)sound.Json["results"]!, sound.Json["damaged"]!.AsArray().Count));
        Assert.Equal((8, 1), (damaged.ExitCode, (int)damaged.Json["results"]!));
        Assert.Equal(["content", "record"], damaged.Json["damaged"]!.AsArray().Select(entry => (string?)entry!["kind"]));
        Assert.Equal(Path.GetFileName(content), (string?)damaged.Json["damaged"]![0]!["name"]);
        Assert.Contains("error MSLIM3018", damaged.Error, StringComparison.Ordinal);
        Assert.Equal(0, again.ExitCode);
    }

    [Fact]
    public async Task Tells_which_part_of_the_key_differs_from_the_nearest_result()
    {
        using var folder = new TemporaryFolder();
        var (store, model) = (folder.File("store"), ToolRun.WriteModel(folder));
        folder.Write("prune.yaml", "target: { macs: 50% }\n");
        string[] line = ["cache", "explain", model, "--json", "--cache-dir", store];

        var empty = await ToolRun.Of(line);
        Assert.False(Directory.Exists(store));
        var pruned = await ToolRun.Of("prune", model, "-o", folder.File("slim.onnx"), "--json", "--cache-dir", store);
        var hit = await ToolRun.Of(line);
        folder.Write("prune.yaml", "target: { macs: 60% }\nprune: { scope: local }\n");
        var miss = await ToolRun.Of(line);
        var text = await ToolRun.Of("cache", "explain", model, "--cache-dir", store);

        Assert.Equal(("miss", null, 0), ((string?)empty.Json["cache"], (string?)empty.Json["nearest"], empty.Json["changes"]!.AsArray().Count));
        Assert.Equal(("hit", (string?)pruned.Json["fingerprint"]), ((string?)hit.Json["cache"], (string?)hit.Json["key"]));
        Assert.Equal((0, "miss", (string?)hit.Json["key"]), (miss.ExitCode, (string?)miss.Json["cache"], (string?)miss.Json["nearest"]));
        Assert.Equal(
            [("recipe.prune.scope", "auto", "local"), ("recipe.target.macs", "0.5", "0.6")],
            miss.Json["changes"]!.AsArray().Select(change => ((string?)change!["part"], (string?)change["there"], (string?)change["now"])));
        Assert.Contains("recipe.target.macs", text.Output, StringComparison.Ordinal);
    }

    private static void Store(ArtifactStore store, string name, string content) => Release(store.Put(
        new FingerprintBuilder().Add("model", name).Build(),
        [NewOutput.From("model.onnx", Encoding.UTF8.GetBytes(content))],
        TestContext.Current.CancellationToken).Artifact);

    private static void Release(StoredArtifact? artifact)
    {
        Assert.NotNull(artifact);
        artifact.Dispose();
    }

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
    [InlineData("gc")]
    [InlineData("verify")]
    public async Task A_store_that_is_not_there_is_empty_and_is_not_made(string verb)
    {
        using var folder = new TemporaryFolder();
        var store = Path.Combine(folder.FullName, "none");

        var run = await ToolRun.Of("cache", verb, "--json", "--cache-dir", store);

        Assert.Equal((0, 0L), (run.ExitCode, (long)run.Json["bytes"]!));
        Assert.False(Directory.Exists(store));
    }
}
