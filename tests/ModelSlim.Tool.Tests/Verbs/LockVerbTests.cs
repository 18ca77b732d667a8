using ModelSlim.Core.Locking;
using ModelSlim.Testing;

namespace ModelSlim.Tool.Tests.Verbs;

public sealed class LockVerbTests
{
    [Fact]
    public async Task Locks_every_model_of_a_project_and_forgets_those_that_are_gone()
    {
        using var folder = new TemporaryFolder();
        var project = folder.Write("app/app.csproj", "<Project />");
        Directory.CreateDirectory(folder.File("app", "nets"));
        Directory.CreateDirectory(folder.File("app", "bin"));
        var (one, two) = (ToolRun.WriteModel(folder, "app/nets/a.onnx"), ToolRun.WriteModel(folder, "app/nets/b.onnx"));
        ToolRun.WriteModel(folder, "app/c.onnx");
        ToolRun.WriteModel(folder, "app/bin/d.onnx");
        folder.Write("app/bin/prune.yaml", "target: { macs: 50% }\n");
        folder.Write("app/nets/prune.yaml", "target: { macs: 50% }\n");
        string[] line = ["lock", Path.GetDirectoryName(project)!, "--cache-dir", folder.File("store"), "--json"];

        var first = await ToolRun.Of(line);
        var second = await ToolRun.Of(line);
        folder.Write("app/nets/prune.yaml", "target: { macs: 60% }\n");
        File.Delete(two);
        var third = await ToolRun.Of(line);
        var of = await ToolRun.Of("lock", one, "--cache-dir", folder.File("store"));

        Assert.Equal((0, 0, 0, 0), (first.ExitCode, second.ExitCode, third.ExitCode, of.ExitCode));
        var path = folder.File("app", LockFile.Name);
        Assert.Equal(path, (string?)first.Json["lockFile"]);
        Assert.Equal(["nets/a.onnx", "nets/b.onnx"], Models(first));
        Assert.Equal(["hit", "hit"], second.Json["models"]!.AsArray().Select(model => (string?)model!["cache"]));
        Assert.Equal("nets/a.onnx", Assert.Single(Models(third)));
        Assert.Equal("nets/b.onnx", (string?)Assert.Single(third.Json["removed"]!.AsArray()));
        Assert.Contains(third.Json["models"]![0]!["changed"]!.AsArray(), part => ((string)part!).Contains("macs", StringComparison.Ordinal));
        Assert.Contains("the same", of.Output, StringComparison.Ordinal);
        Assert.Contains("1 result", of.Error + of.Output, StringComparison.Ordinal);
        Assert.Equal(["nets/a.onnx"], new LockFileStore().Read(path).Value!.Results.Keys);
    }

    [Fact]
    public async Task A_recipe_whose_model_is_not_there_is_told_of()
    {
        using var folder = new TemporaryFolder();
        ToolRun.WriteModel(folder, "a.onnx");
        folder.Write("a.prune.yaml", "target: { macs: 50% }\n");
        var lost = folder.Write("b.prune.yaml", "target: { macs: 50% }\n");

        var run = await ToolRun.Of("lock", folder.FullName, "--cache-dir", folder.File("store"), "-v", "m");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith($"{lost}: warning MSLIM1008: No model 'b.onnx'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_locked_prune_accepts_what_is_locked_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var (model, slim, path) = (ToolRun.WriteModel(folder), folder.File("slim.onnx"), folder.File("x.json"));
        string[] Line(string macs, string option) => ["prune", model, "--target", $"macs={macs}", "-o", slim, option, path];

        var none = await ToolRun.Of(Line("50%", "--locked"));
        var written = await ToolRun.Of(Line("50%", "--lock"));
        var bytes = await File.ReadAllBytesAsync(slim, TestContext.Current.CancellationToken);
        var held = await ToolRun.Of(Line("50%", "--locked"));
        var other = await ToolRun.Of(Line("60%", "--locked"));

        Assert.Equal((5, 0, 0, 5), (none.ExitCode, written.ExitCode, held.ExitCode, other.ExitCode));
        Assert.Contains("x.json: error MSLIM3002", none.Error, StringComparison.Ordinal);
        Assert.Contains("x.json: error MSLIM3003", other.Error, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(slim, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Options_that_exclude_each_other_and_places_without_models_are_refused()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);
        Directory.CreateDirectory(folder.File("empty"));

        var both = await ToolRun.Of("prune", model, "-o", folder.File("s.onnx"), "--lock", "a", "--locked", "b");
        var itself = await ToolRun.Of("prune", model, "--target", "macs=50%", "-o", folder.File("s.onnx"), "--lock", folder.File("s.onnx"));
        var empty = await ToolRun.Of("lock", folder.File("empty"));
        var bare = await ToolRun.Of("lock", model);

        Assert.Equal(2, both.ExitCode);
        Assert.Contains("--lock and --locked exclude each other", both.Error, StringComparison.Ordinal);
        Assert.Equal(2, itself.ExitCode);
        Assert.NotEqual(0, empty.ExitCode);
        Assert.Contains("MSLIM1001", empty.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, bare.ExitCode);
        Assert.Contains("MSLIM1001", bare.Error, StringComparison.Ordinal);
        Assert.Equal([model], Directory.GetFiles(folder.FullName));
    }

    [Fact]
    public async Task A_slim_model_can_be_made_again_to_prove_where_it_is_from()
    {
        using var folder = new TemporaryFolder();
        var (model, slim) = (ToolRun.WriteModel(folder), folder.File("slim.onnx"));
        folder.Write("prune.yaml", "target: { macs: 50% }\n");
        Assert.Equal(0, (await ToolRun.Of("prune", model, "-o", slim)).ExitCode);

        var same = await ToolRun.Of("verify", model, slim, "--rebuild", "--json");
        folder.Write("prune.yaml", "target: { macs: 60% }\n");
        var differs = await ToolRun.Of("verify", model, slim, "--rebuild");
        var missing = await ToolRun.Of("verify", model, folder.File("none.onnx"), "--rebuild");

        Assert.Equal((0, true), (same.ExitCode, (bool)same.Json["identical"]!));
        Assert.Equal(5, differs.ExitCode);
        Assert.Contains("slim.onnx: error MSLIM3006", differs.Error, StringComparison.Ordinal);
        Assert.Contains("none.onnx: error MSLIM0002", missing.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Models(ToolRun run) => run.Json["models"]!.AsArray().Select(model => (string?)model!["model"]);
}
