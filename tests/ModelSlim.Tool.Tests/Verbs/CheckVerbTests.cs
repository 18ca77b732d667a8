using ModelSlim.Testing;

namespace ModelSlim.Tool.Tests.Verbs;

public sealed class CheckVerbTests
{
    [Fact]
    public async Task Says_what_each_model_beside_the_recipe_would_become()
    {
        using var folder = new TemporaryFolder();
        var (first, second) = (ToolRun.WriteModel(folder, "a.onnx"), ToolRun.WriteModel(folder, "b.onnx", "residual"));
        ToolRun.WriteModel(folder, "c.onnx");
        folder.Write("c.prune.yaml", "target: { macs: 0.001% }");
        var recipe = folder.Write("prune.yaml", "target: { macs: 50% }");

        var run = await ToolRun.Of("check", recipe, "--json");

        Assert.Equal(0, run.ExitCode);
        var models = run.Json["models"]!.AsArray();
        Assert.Equal([first, second], models.Select(model => (string?)model!["model"]));
        Assert.All(models, model => Assert.True((double)model!["after"]!["macs"]! <= 0.5 * (double)model["before"]!["macs"]!));
    }

    [Fact]
    public async Task Says_what_comes_after_the_first_method_too()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder, "a.onnx");
        var recipe = folder.Write("prune.yaml", "target: { macs: 50%, sparsity: 80% }\nmethod: [channels, unstructured]\n");

        var (said, json) = (await ToolRun.Of("check", recipe), await ToolRun.Of("check", recipe, "--json"));
        var planned = await ToolRun.Of("plan", model, "--json");

        Assert.Matches("a.onnx: MACs .*; then unstructured \\(80%\\)\n", said.Output);
        Assert.Equal("unstructured (80%)", (string?)Assert.Single(json.Json["models"]![0]!["then"]!.AsArray()));
        Assert.Equal("unstructured (80%)", (string?)Assert.Single(planned.Json["then"]!.AsArray()));
    }

    [Fact]
    public async Task A_model_stands_for_its_recipe()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder, "a.onnx");
        folder.Write("a.prune.yaml", "target: { macs: 0.001% }");

        var run = await ToolRun.Of("check", model);

        Assert.Equal(7, run.ExitCode);
        Assert.Contains("a.prune.yaml(1,1): error MSLIM5001", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_error_of_the_text_is_shown()
    {
        using var folder = new TemporaryFolder();
        var recipe = folder.Write("prune.yaml", "target: { mac: 50% }\nprune: { scop: local }\n");

        var run = await ToolRun.Of("check", recipe);

        Assert.Equal(3, run.ExitCode);
        Assert.Equal(
            $"{recipe}(1,11): error MSLIM1103: Unknown key 'target.mac'; did you mean 'macs'?\n"
            + $"{recipe}(2,10): error MSLIM1103: Unknown key 'prune.scop'; did you mean 'scope'?\n",
            run.Error);
    }

    [Fact]
    public async Task A_broken_model_is_named()
    {
        using var folder = new TemporaryFolder();
        var recipe = folder.Write("prune.yaml", "target: { macs: 50% }");
        var model = folder.Write("a.onnx", "<html>");

        var run = await ToolRun.Of("check", recipe);

        Assert.Equal(7, run.ExitCode);
        Assert.Contains($"{model}: error MSLIM40", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_that_do_not_fit_are_found_together_with_the_target_that_does_not()
    {
        using var folder = new TemporaryFolder();
        ToolRun.WriteModel(folder, "a.onnx");
        folder.Write("x.npy", "not an array");
        var recipe = folder.Write("prune.yaml", "target: { macs: 0.001% }\ndata: { calibration: { npy: x.npy } }\n");

        var run = await ToolRun.Of("check", recipe, "-v", "m");

        Assert.Equal(8, run.ExitCode);
        Assert.Equal(
            [$"{recipe}(2,9): error MSLIM6002", $"{recipe}(1,1): error MSLIM5001"],
            run.Error.TrimEnd('\n').Split('\n').Select(line => line[..line.IndexOf(": ", line.IndexOf("MSLIM", StringComparison.Ordinal), StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task A_recipe_without_models_is_checked_for_itself()
    {
        using var folder = new TemporaryFolder();
        var recipe = folder.Write("prune.yaml", "target: { macs: 50% }");

        Assert.Equal($"{recipe} is well. No model goes by it.\n", (await ToolRun.Of("check", recipe)).Output);

        // The one beside it has a recipe of its own.
        ToolRun.WriteModel(folder, "a.onnx");
        folder.Write("a.prune.yaml", "target: { macs: 60% }");
        var run = await ToolRun.Of("check", recipe, "-v", "m");
        Assert.Equal(($"{recipe} is well. No model goes by it.\n", string.Empty), (run.Output, run.Error));
    }

    [Theory]
    [InlineData("inputs: { y: [1, 3, 8, 8] }")]
    [InlineData("inputs: { x: [1, 4, 8, 8] }")]
    public async Task Sizes_that_do_not_fit_are_shown_in_the_recipe(string inputs)
    {
        using var folder = new TemporaryFolder();
        ToolRun.WriteModel(folder, "a.onnx");
        var recipe = folder.Write("prune.yaml", $"target: {{ macs: 50% }}\n{inputs}\n");

        var run = await ToolRun.Of("check", recipe, "-v", "m");

        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith($"{recipe}(2,1): error MSLIM4042: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipe_that_ends_with_yml_is_not_read_and_that_is_said()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder, "a.onnx");
        var wrong = folder.Write("prune.yml", "target: { macs: 50% }");

        var check = await ToolRun.Of("check", model);
        var plan = await ToolRun.Of("plan", model, "--target", "macs=50%", "-v", "q");

        Assert.Equal((3, 0), (check.ExitCode, plan.ExitCode));
        Assert.StartsWith($"{wrong}: warning MSLIM1007: ", check.Error, StringComparison.Ordinal);
        Assert.Equal($"{wrong}: warning MSLIM1007: This file is not read; rename it to prune.yaml\n", plan.Error);
    }

    [Fact]
    public async Task A_folder_stands_for_the_recipes_in_it_and_below()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("nets"));
        Directory.CreateDirectory(folder.File("obj"));
        var (first, second) = (ToolRun.WriteModel(folder, "a.onnx"), ToolRun.WriteModel(folder, "nets/b.onnx"));
        var own = folder.Write("a.prune.yaml", "target: { macs: 50% }");
        var shared = folder.Write("nets/prune.yaml", "target: { macs: 60% }");
        folder.Write("obj/prune.yaml", "target: { mac: 50% }");
        folder.Write("notprune.yaml", "target: { mac: 50% }");

        var run = await ToolRun.Of("check", folder.FullName, "--json");
        folder.Write("nets/prune.yaml", "target: { mac: 60% }");
        folder.Write("a.prune.yaml", "target: { macs: 0.001% }");
        var wrong = await ToolRun.Of("check", folder.FullName, "-v", "m");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal([own, shared], run.Json["recipes"]!.AsArray().Select(path => (string?)path));
        Assert.Equal([(first, own), (second, shared)], run.Json["models"]!.AsArray().Select(model => ((string?)model!["model"], (string?)model["recipe"])));
        Assert.Contains($"{own}(1,1): error MSLIM5001", wrong.Error, StringComparison.Ordinal);
        Assert.Contains($"{shared}(1,11): error MSLIM1103", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_recipes_has_none_to_check()
    {
        using var folder = new TemporaryFolder();

        var run = await ToolRun.Of("check", folder.FullName);

        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith($"{folder.FullName}: error MSLIM1001: There is no recipe in this folder or below", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipe_whose_model_has_another_name_is_told_of()
    {
        using var folder = new TemporaryFolder();
        ToolRun.WriteModel(folder, "digit.onnx");
        var recipe = folder.Write("digits.prune.yaml", "target: { macs: 50% }");

        var run = await ToolRun.Of("check", recipe, "-v", "m");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal($"{recipe}: warning MSLIM1008: No model 'digits.onnx' is beside this recipe, so none goes by it unless a SlimModel item, or -r, names it; did you mean 'digit.onnx'?\n", run.Error);
    }

    [Fact]
    public async Task A_missing_recipe_is_an_error()
    {
        using var folder = new TemporaryFolder();

        var run = await ToolRun.Of("check", folder.File("prune.yaml"));

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("MSLIM1001", run.Error, StringComparison.Ordinal);
    }
}
