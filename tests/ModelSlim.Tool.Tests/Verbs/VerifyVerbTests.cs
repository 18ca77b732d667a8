using ModelSlim.Core.Onnx;
using ModelSlim.Testing;

namespace ModelSlim.Tool.Tests.Verbs;

public sealed class VerifyVerbTests
{
    [Fact]
    public async Task A_model_agrees_with_itself()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);

        var run = await ToolRun.Of("verify", model, model, "--json");

        Assert.Equal(0, run.ExitCode);
        var verification = run.Json["verification"]!;
        Assert.Equal((1.0, 0.0, true), ((double)verification["agreement"]!, (double)verification["maxError"]!, (bool)verification["passed"]!));
        Assert.True((double)run.Json["before"]!["latencyMs"]! > 0);
        Assert.Equal((long)run.Json["before"]!["macs"]!, (long)run.Json["after"]!["macs"]!);
    }

    [Fact]
    public async Task A_gate_that_does_not_hold_exits_with_4_and_shows_the_figures()
    {
        using var folder = new TemporaryFolder();
        var (model, slim) = (ToolRun.WriteModel(folder), folder.File("slim.onnx"));
        Assert.Equal(0, (await ToolRun.Of("prune", model, "--target", "macs=50%", "-o", slim)).ExitCode);
        var recipe = folder.Write("gates.yaml", "target: { macs: 50% }\naccept: { min_speedup: 1000 }\n");

        var run = await ToolRun.Of("verify", model, slim, "-r", recipe);

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("gates.yaml(2,1): error MSLIM7011", run.Error, StringComparison.Ordinal);
        Assert.Contains("A gate does not hold.", run.Output, StringComparison.Ordinal);
        Assert.Contains("MACs", run.Output, StringComparison.Ordinal);
    }

    // What is only looked at need not be asked for, but where the recipe asks for something it is that of its method.
    [Theory]
    [InlineData("method: unstructured\ntarget: { sparsity: 80% }\n")]
    [InlineData("method: n:m\ntarget: { sparsity: 2:4 }\n")]
    [InlineData("method: dynamic\ntarget: { latency: 65% }\ndata: { train: { npy: x.npy } }\n")]
    [InlineData("method: [channels, unstructured]\ntarget: { macs: 50%, sparsity: 80% }\n")]
    [InlineData("prune: { max_ratio: 50% }\n")]
    public async Task Models_are_looked_at_with_the_recipe_of_every_method(string text)
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);
        folder.Write("x.npy", DataFiles.Npy("<f4", "16, 3, 8, 8", new byte[16 * 3 * 8 * 8 * 4]));
        var recipe = folder.Write("prune.yaml", text + "accept: { min_speedup: 0.01 }\n");

        Assert.Equal((0, string.Empty), await Of("inspect", model, "-r", recipe));
        Assert.Equal((0, string.Empty), await Of("verify", model, model, "-r", recipe));
        Assert.Equal((0, string.Empty), await Of("bench", model, "-r", recipe));

        async Task<(int ExitCode, string Errors)> Of(params string[] line)
        {
            var run = await ToolRun.Of(line);
            return (run.ExitCode, string.Concat(run.Error.Split('\n').Where(said => said.Contains(": error ", StringComparison.Ordinal))));
        }
    }

    [Fact]
    public async Task A_missing_model_is_named()
    {
        using var folder = new TemporaryFolder();

        var run = await ToolRun.Of("verify", ToolRun.WriteModel(folder), folder.File("slim.onnx"));

        Assert.Equal(7, run.ExitCode);
        Assert.Contains("slim.onnx: error MSLIM4001", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_with_other_inputs_do_not_fit_each_other()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);
        var other = folder.Write("other.onnx", new OnnxWriter().Write(OtherNet()));

        var run = await ToolRun.Of("verify", model, other, "-v", "m");

        Assert.Equal(
            (7, $"{other}: error MSLIM7003: the model takes 'y' [1, 5], the first takes 'x' [1, 3, 8, 8]; compare a model with what was made from it\n"),
            (run.ExitCode, run.Error));
    }

    private static OnnxModel OtherNet()
    {
        var builder = new ModelBuilder();
        builder.Output(builder.Relu(builder.Input("y", 1, 5)));
        return builder.Build();
    }
}
