using ModelSlim.Testing;

namespace ModelSlim.Tool.Tests.Verbs;

public sealed class PlanVerbTests
{
    [Fact]
    public async Task Shows_what_would_be_cut_and_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);

        var run = await ToolRun.Of("plan", model, "--target", "macs=50%", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.True((double)run.Json["after"]!["macs"]! <= 0.5 * (double)run.Json["before"]!["macs"]!);
        Assert.NotEmpty(run.Json["groups"]!.AsArray());
        Assert.NotNull(run.Json["refusals"]);
        Assert.Equal([model], Directory.GetFiles(folder.FullName));
    }

    [Fact]
    public async Task A_plan_is_carried_out_as_it_was_shown()
    {
        using var folder = new TemporaryFolder();
        var (model, plan, slim) = (ToolRun.WriteModel(folder), folder.File("plan.json"), folder.File("slim.onnx"));

        var planned = await ToolRun.Of("plan", model, "--target", "macs=50%", "-o", plan, "--json");
        var pruned = await ToolRun.Of("prune", model, "--plan", plan, "-o", slim, "--json");

        Assert.Equal((0, 0), (planned.ExitCode, pruned.ExitCode));
        Assert.Equal((long?)planned.Json["after"]!["macs"], (long?)pruned.Json["after"]!["macs"]);
        Assert.Equal(new FileInfo(slim).Length, (long?)planned.Json["after"]!["bytes"]);
    }

    [Theory]
    [InlineData("net.onnx", "The plan would overwrite the model")]
    [InlineData("prune.yaml", "The plan would overwrite the recipe")]
    public async Task What_is_read_is_never_overwritten(string output, string message)
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);
        folder.Write("prune.yaml", "target: { macs: 50% }\n");
        var before = await File.ReadAllBytesAsync(folder.File(output), TestContext.Current.CancellationToken);

        var run = await ToolRun.Of("plan", model, "-o", folder.File(output));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(folder.File(output), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_recipe_and_target_it_says_what_is_missing()
    {
        using var folder = new TemporaryFolder();

        var run = await ToolRun.Of("plan", ToolRun.WriteModel(folder));

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("MSLIM1001", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_see_before_and_after()
    {
        using var folder = new TemporaryFolder();

        var run = await ToolRun.Of("plan", ToolRun.WriteModel(folder), "--target", "macs=50%");

        Assert.Contains("Parameters", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("MACs ", run.Output.TrimEnd('\n').Split('\n')[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("target: { sparsity: 90% }\nmethod: unstructured\n", true)]
    [InlineData("target: { sparsity: 90% }\nmethod: unstructured\noutput: { sparse: off }\n", false)]
    [InlineData("target: { sparsity: 90% }\nmethod: unstructured\noutput: { precision: fp16 }\n", true)]
    public async Task The_file_of_a_model_with_zeros_is_as_large_as_planned(string recipe, bool sparse)
    {
        using var folder = new TemporaryFolder();
        var (model, slim) = (ToolRun.WriteModel(folder), folder.File("slim.onnx"));
        folder.Write("prune.yaml", recipe + "repair: off\nprune: { criterion: magnitude }\n");

        var planned = await ToolRun.Of("plan", model, "--json");
        var made = await ToolRun.Of("prune", model, "-o", slim, "--cache-dir", folder.File("store"), "--json");

        Assert.True(made.ExitCode == 0, made.Error);
        Assert.Equal(new FileInfo(slim).Length, (long?)planned.Json["after"]!["bytes"]);
        Assert.Equal((sparse, sparse), ((bool?)planned.Json["sparsity"]!["sparse"], (bool?)made.Json["sparsity"]!["sparse"]));
    }

    [Theory]
    [InlineData("q", 0)]
    [InlineData("m", 1)]
    public async Task Who_wants_to_hear_less_hears_less(string level, int lines)
    {
        using var folder = new TemporaryFolder();

        var run = await ToolRun.Of("plan", ToolRun.WriteModel(folder), "--target", "macs=50%", "-v", level, "-o", folder.File("plan.json"));

        Assert.Equal((0, lines, string.Empty), (run.ExitCode, run.Output.Count(letter => letter == '\n'), run.Error));
        Assert.True(File.Exists(folder.File("plan.json")));
    }
}
