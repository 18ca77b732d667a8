using System.Text.Json.Nodes;
using ModelSlim.Testing;

namespace ModelSlim.Tool.Tests.Verbs;

/// <summary>Whatever tells of results tells how many weights are zero where that is what was done.</summary>
public sealed class ZerosShownTests
{
    [Theory]
    [InlineData("unstructured", "80%", "80.0% of the weights zero")]
    [InlineData("n:m", "2:4", "of the weights zero (2:4)")]
    public async Task Zeros_stand_in_every_line_about_a_result(string method, string sparsity, string line)
    {
        using var folder = new TemporaryFolder();
        var (model, slim, store) = (ToolRun.WriteModel(folder), folder.File("out", "slim.onnx"), folder.File("store"));
        folder.Write("prune.yaml", $"method: {method}\ntarget: {{ sparsity: {sparsity} }}\nprune: {{ ignore: conv_2 }}\n");
        Directory.CreateDirectory(folder.File("out"));

        var planned = await ToolRun.Of("plan", model);
        var check = await ToolRun.Of("check", folder.File("prune.yaml"));
        var pruned = await ToolRun.Of("prune", model, "-o", slim, "--cache-dir", store);
        var locked = await ToolRun.Of("lock", model, "--cache-dir", store, "--lock-file", folder.File("lock.json"));
        var listed = await ToolRun.Of("cache", "list", "--cache-dir", store);
        var inspected = await ToolRun.Of("inspect", slim, "--recipe", folder.File("prune.yaml"));
        var verified = await ToolRun.Of("verify", model, slim);
        var before = await ToolRun.Of("inspect", model);

        Assert.All([planned, check, pruned, locked, listed, inspected, verified, before], run => Assert.True(run.ExitCode == 0, run.Error));
        Assert.All([planned, check, pruned], run => Assert.Contains(line, run.Output, StringComparison.Ordinal));
        Assert.All([planned, check, pruned], run => Assert.Contains("no faster for zeros", run.Output, StringComparison.Ordinal));
        Assert.All([locked, listed], run => Assert.Matches(@"\d% of(.|\n)*weights(.|\n)*zero", run.Output));
        Assert.All([planned, check, pruned, inspected, verified], run => Assert.Contains("% with what prune.ignore keeps", run.Output, StringComparison.Ordinal));
        Assert.All([inspected, verified], run => Assert.Contains("weights are zero", run.Output, StringComparison.Ordinal));
        Assert.Equal(method == "n:m", verified.Output.Contains("2:4 in every layer but", StringComparison.Ordinal));
        Assert.DoesNotContain("weights are zero", before.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("method: unstructured\ntarget: { sparsity: 80% }\n", true)]
    [InlineData("method: n:m\ntarget: { sparsity: 2:4 }\n", true)]
    [InlineData("method: [channels, unstructured]\ntarget: { macs: 50%, sparsity: 60% }\n", true)]
    [InlineData("target: { macs: 50% }\n", false)]
    public async Task Person_script_and_build_are_told_that_zeros_make_nothing_faster(string recipe, bool zeros)
    {
        const string Said = "ONNX Runtime's CPU kernels are no faster for zeros";
        using var folder = new TemporaryFolder();
        var (model, report) = (ToolRun.WriteModel(folder), folder.File("report.json"));
        folder.Write("net.prune.yaml", recipe);
        string[] line = ["prune", model, "-o", folder.File("slim.onnx"), "--cache-dir", folder.File("store"), "--report", report];

        var person = await ToolRun.Of(line);
        var script = await ToolRun.Of([.. line, "--json"]);
        var build = await ToolRun.Of([.. line, "--events", "jsonl"]);
        var result = JsonNode.Parse(build.Output.TrimEnd('\n').Split('\n')[^1])!;

        Assert.Equal(zeros, person.Output.Contains(Said, StringComparison.Ordinal));
        Assert.Equal(zeros, ((string?)script.Json["sparsity"]?["note"])?.StartsWith(Said, StringComparison.Ordinal) == true);
        Assert.Equal(zeros, (await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken)).Contains(Said, StringComparison.Ordinal));
        Assert.Equal(zeros, ((string?)result["summary"])!.EndsWith(Said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_of_methods_tells_of_both()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);
        folder.Write("prune.yaml", "method: [channels, unstructured]\ntarget: { macs: 50%, sparsity: 60% }\n");

        var planned = await ToolRun.Of("plan", model);
        var pruned = await ToolRun.Of("prune", model, "-o", folder.File("slim.onnx"), "--cache-dir", folder.File("store"));

        Assert.Contains("; then unstructured (60%)", planned.Output, StringComparison.Ordinal);
        Assert.Matches(@"MACs .* \(-\d.*\), 60.0% of the weights zero, in a zip", pruned.Output);
    }

    [Fact]
    public async Task A_plan_that_could_not_be_carried_out_is_not_written()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);
        folder.Write("prune.yaml", "method: unstructured\ntarget: { sparsity: 80% }\n");

        var run = await ToolRun.Of("plan", model, "-o", folder.File("plan.json"));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("prune.yaml(1,1", run.Error, StringComparison.Ordinal);
        Assert.Contains("no plan is written: a plan names channels, and method: unstructured removes none", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("plan.json")));
    }
}
