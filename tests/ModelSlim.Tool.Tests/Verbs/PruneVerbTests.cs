using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ModelSlim.Core.Onnx;
using ModelSlim.Testing;

namespace ModelSlim.Tool.Tests.Verbs;

public sealed class PruneVerbTests
{
    [Fact]
    public async Task Writes_the_slim_model_and_tells_scripts_what_they_rely_on()
    {
        using var folder = new TemporaryFolder();
        var (model, slim) = (ToolRun.WriteModel(folder), folder.File("out", "slim.onnx"));

        var run = await ToolRun.Of("prune", model, "--target", "macs=50%", "-o", slim, "--json");

        Assert.Equal(0, run.ExitCode);
        var json = run.Json;
        Assert.True((double)json["after"]!["macs"]! <= 0.5 * (double)json["before"]!["macs"]!);
        Assert.Equal(new FileInfo(slim).Length, (long)json["after"]!["bytes"]!);
        Assert.NotEmpty(json["stages"]!.AsArray());
        Assert.NotNull(json["refusals"]);
        Assert.NotNull(json["fingerprint"]);
        Assert.NotNull(json["cache"]);
        Assert.True((bool)json["verification"]!["passed"]!);
        Assert.Equal(slim, (string?)json["output"]);
        Assert.Equal(Sha256(slim), (string?)json["sha256"]);
    }

    [Fact]
    public async Task Tells_a_build_what_it_needs()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);
        var recipe = folder.Write("prune.yaml", "target: { macs: 50% }\noutput: { delivery: embed }\n");
        var (slim, report) = (folder.File("slim.onnx"), folder.File("report.json"));

        var run = await ToolRun.Of(
            "prune", model, "-r", recipe, "-o", slim, "--report", report,
            "--events", "jsonl", "--parent-pid", $"{Environment.ProcessId}", "--timeout", "600");

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        var result = run.Events[^1];
        Assert.Equal("result", (string?)result["event"]);
        Assert.Equal((slim, Sha256(slim)), ((string?)result["output"], (string?)result["sha256"]));
        Assert.Equal(("embed", false), ((string?)result["delivery"], (bool?)result["keptOriginal"]));
        Assert.StartsWith("MACs ", (string?)result["summary"], StringComparison.Ordinal);
        Assert.Contains((string?)result["cache"], (string?[])["off", "miss"]);
        Assert.NotNull(result["fingerprint"]);
        Assert.Contains(run.Events, told => (string?)told["event"] == "progress");
        Assert.Equal(["input", "output"], run.Events.Where(told => (string?)told["event"] == "value").Select(told => (string?)told["role"]));
        Assert.All(run.Events, told => Assert.All(told, field => Assert.False(field.Value is System.Text.Json.Nodes.JsonObject or System.Text.Json.Nodes.JsonArray)));
        Assert.Contains("\"after\"", await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unstructured", "80%", "80.0% of ")]
    [InlineData("n:m", "2:4", "2:4 in every layer but ")]
    [InlineData("n:m", "50% in 4x1", "4x1 in every layer but ")]
    public async Task Tells_how_many_weights_are_zero_and_that_nothing_is_faster(string method, string sparsity, string said)
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);
        var recipe = folder.Write("prune.yaml", $"method: {method}\ntarget: {{ sparsity: {sparsity} }}\naccept: {{ min_speedup: 0.01 }}\n");
        var slim = folder.File("slim.onnx");

        var text = await ToolRun.Of("prune", model, "-r", recipe, "-o", slim);
        var json = (await ToolRun.Of("prune", model, "-r", recipe, "-o", slim, "--json")).Json["sparsity"]!;

        Assert.Equal(0, text.ExitCode);
        Assert.Contains(said, text.Output, StringComparison.Ordinal);
        Assert.Contains("no faster for zeros", text.Output, StringComparison.Ordinal);
        Assert.Contains("in a zip", text.Output, StringComparison.Ordinal);
        Assert.Equal(method == "n:m" ? said[..3] : null, (string?)json["pattern"]);
        Assert.InRange((double)json["zeros"]! / (double)json["weights"]!, method == "n:m" ? 0.3 : 0.79, method == "n:m" ? 0.5 : 0.81);
        Assert.True((long)json["packedAfter"]! < (long)json["packedBefore"]!);
    }

    [Fact]
    public async Task Tells_where_how_many_samples_leave_and_what_that_saves()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("net.onnx", new OnnxWriter().Write(ExitNets.Late(channels: 64, normalized: true)));
        folder.Write("x.npy", DataFiles.Npy("<f4", "1600, 3, 16, 16", MemoryMarshal.AsBytes<float>(ExitNets.Pictures(1600, 1)).ToArray()));
        var recipe = folder.Write(
            "prune.yaml",
            "method: dynamic\ntarget: { latency: 95% }\ndata: { calibration: { npy: x.npy }, eval: { npy: x.npy, limit: 300 } }\naccept: { metric: agreement, max_drop: 20% }\n");
        var slim = folder.File("slim.onnx");

        var text = await ToolRun.Of("prune", model, "-r", recipe, "-o", slim, "--cache-dir", folder.File("store"));
        var report = (await ToolRun.Of("prune", model, "-r", recipe, "-o", slim, "--json", "--cache-dir", folder.File("store"))).Json;
        var json = report["earlyExit"]!;
        var verified = await ToolRun.Of("verify", model, slim, "-r", recipe);
        var found = (await ToolRun.Of("verify", model, slim, "-r", recipe, "--json")).Json;

        Assert.True(text.ExitCode == 0, text.Output + text.Error);
        Assert.Matches(@"MACs.* on average", text.Output);
        Assert.Matches(@"MACs.* at most", verified.Output);
        Assert.Equal(("mean", "most"), ((string?)report["after"]!["macsBasis"], (string?)found["after"]!["macsBasis"]));
        Assert.Null(found["before"]!["macsBasis"]);
        Assert.Equal((long)report["after"]!["params"]!, (long)found["after"]!["params"]!);
        Assert.Matches(@"[\d.]+% of the samples \(expected [\d.]+%\) leave behind '.+', after [\d.]+% of the MACs, where the head is surer than 0\.\d+", text.Output);
        Assert.Matches(@"Measured on 300 samples, one at a time: mean .+ to .+, median .+ to .+, 95th percentile .+ to .+", text.Output);
        Assert.True((double)json["measured"]!["slim"]!["meanMs"]! < (double)json["measured"]!["original"]!["meanMs"]!);
        Assert.NotNull(json["expected"]!["slim"]!["p95Ms"]);
        Assert.InRange((double)json["expectedRate"]!, 0.1, 1);
    }

    [Fact]
    public async Task Tells_a_build_where_the_recipe_is_wrong_and_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);
        var recipe = folder.Write("prune.yaml", "target: { macs: 50% }\nprune:\n  scop: local\n");

        var run = await ToolRun.Of("prune", model, "-r", recipe, "-o", folder.File("slim.onnx"), "--events", "jsonl");

        Assert.Equal(3, run.ExitCode);
        var told = Assert.Single(run.Events);
        Assert.Equal(
            ("diagnostic", "error", "MSLIM1103", recipe, 3, 3, 3, 7),
            ((string?)told["event"], (string?)told["severity"], (string?)told["code"], (string?)told["file"],
            (int?)told["line"], (int?)told["column"], (int?)told["endLine"], (int?)told["endColumn"]));
        Assert.False(File.Exists(folder.File("slim.onnx")));
    }

    [Fact]
    public async Task Tells_a_build_which_data_count()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);
        var (file, pictures) = (folder.Write("data/x.npy", "x"), folder.File("pictures", "a.png"));
        File.WriteAllText(pictures, "x");
        var recipe = folder.Write("prune.yaml", "target: { macs: 1% }\ndata: { calibration: { npy: data/x.npy }, eval: { images: pictures } }\n");

        var run = await ToolRun.Of("prune", model, "-r", recipe, "-o", folder.File("slim.onnx"), "--events", "jsonl");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Equal(
            [file, folder.File("pictures") + "/"],
            run.Events.Where(told => (string?)told["event"] == "input").Select(told => (string?)told["path"]));
    }

    [Fact]
    public async Task The_second_time_the_result_comes_from_the_store()
    {
        using var folder = new TemporaryFolder();
        var (model, store) = (ToolRun.WriteModel(folder), folder.File("store", "x"));
        string[] Line(string output, params string[] more) =>
            ["prune", model, "--target", "macs=50%", "-o", folder.File(output), "--cache-dir", store, "--json", .. more];

        var nothing = await ToolRun.Of(Line("none.onnx", "--cache-only"));
        var first = await ToolRun.Of(Line("first.onnx"));
        var second = await ToolRun.Of(Line("second.onnx", "--cache-only"));
        var third = await ToolRun.Of(Line("third.onnx", "--rebuild"));

        Assert.NotEqual(0, nothing.ExitCode);
        Assert.StartsWith("MSLIM3", (string?)nothing.Json["diagnostics"]![0]!["code"], StringComparison.Ordinal);
        Assert.Equal(("miss", "hit", "miss"), ((string?)first.Json["cache"], (string?)second.Json["cache"], (string?)third.Json["cache"]));
        Assert.Equal((string?)first.Json["fingerprint"], (string?)second.Json["fingerprint"]);
        Assert.Equal(64, ((string)first.Json["fingerprint"]!).Length);
        Assert.Equal(Sha256(folder.File("first.onnx")), Sha256(folder.File("second.onnx")));
        Assert.Equal(Sha256(folder.File("first.onnx")), Sha256(folder.File("third.onnx")));
    }

    [Fact]
    public async Task The_seed_of_the_command_line_counts()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);
        folder.Write("prune.yaml", "target: { macs: 50% }\nprune: { criterion: random }\nrepair: off\n");

        foreach (var (name, seed) in new[] { ("a", "1"), ("b", "2"), ("c", "1") })
        {
            Assert.Equal(0, (await ToolRun.Of("prune", model, "-o", folder.File(name), "--seed", seed)).ExitCode);
        }

        Assert.NotEqual(Sha256(folder.File("a")), Sha256(folder.File("b")));
        Assert.Equal(Sha256(folder.File("a")), Sha256(folder.File("c")));
    }

    [Fact]
    public async Task An_output_that_cannot_be_written_is_an_error()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);
        var blocked = folder.Write("blocked", "a file, not a folder");

        var run = await ToolRun.Of("prune", model, "--target", "macs=50%", "-o", Path.Combine(blocked, "slim.onnx"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("MSLIM0002", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-o net.onnx", "The output would overwrite the model")]
    [InlineData("-o link.onnx", "The output would overwrite the model")]
    [InlineData("-o here/net.onnx", "The output would overwrite the model")]
    [InlineData("-o prune.yaml", "The output would overwrite the recipe")]
    [InlineData("-o x.npy", "The output would overwrite the data")]
    [InlineData("-o slim.onnx --report net.onnx", "The report would overwrite the model")]
    [InlineData("-o slim.onnx --report prune.yaml", "The report would overwrite the recipe")]
    [InlineData("-o slim.onnx --report slim.onnx", "The report would overwrite the output")]
    [InlineData("-o plan.json --plan plan.json", "The output would overwrite the plan")]
    public async Task What_is_read_is_never_overwritten(string line, string message)
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);
        folder.Write("prune.yaml", "target: { macs: 50% }\nrepair: off\ndata: { calibration: { npy: x.npy } }\n");
        folder.Write("x.npy", "x");
        folder.Write("plan.json", "{}");
        File.CreateSymbolicLink(folder.File("link.onnx"), model);
        Directory.CreateSymbolicLink(folder.File("here"), folder.FullName);
        string[] names = ["net.onnx", "prune.yaml", "x.npy", "plan.json"];
        var before = names.Select(name => Sha256(folder.File(name))).ToArray();

        var run = await ToolRun.Of(
            ["prune", model, .. line.Split(' ').Select(word => word.StartsWith('-') ? word : Path.Combine(folder.FullName, word))]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("MSLIM0001", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(before, names.Select(name => Sha256(folder.File(name))));
    }

    [Fact]
    public async Task A_target_out_of_reach_is_an_error_where_the_target_is()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);
        folder.Write("prune.yaml", "version: 1\ntarget: { macs: 0.001% }\n");

        var run = await ToolRun.Of("prune", model, "-o", folder.File("slim.onnx"));

        Assert.Equal(7, run.ExitCode);
        Assert.Contains("prune.yaml(2,1): error MSLIM5001", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("slim.onnx")));
    }

    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
