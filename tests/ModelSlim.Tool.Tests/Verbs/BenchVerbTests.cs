using ModelSlim.Core.Onnx;
using ModelSlim.Testing;

namespace ModelSlim.Tool.Tests.Verbs;

public sealed class BenchVerbTests
{
    [Fact]
    public async Task Times_two_models_side_by_side()
    {
        using var folder = new TemporaryFolder();
        var (first, second) = (ToolRun.WriteModel(folder, "a.onnx"), ToolRun.WriteModel(folder, "b.onnx"));

        var run = await ToolRun.Of("bench", first, second, "--json");

        Assert.Equal(0, run.ExitCode);
        var models = run.Json["models"]!.AsArray();
        Assert.Equal([first, second], models.Select(model => (string?)model!["model"]));
        Assert.All(models, model => Assert.True((double)model!["latencyMs"]! > 0 && (double)model["p95Ms"]! >= (double)model["latencyMs"]!));
        Assert.Equal(
            (double)models[0]!["latencyMs"]! / (double)models[1]!["latencyMs"]!, (double)run.Json["speedup"]!, precision: 9);
        Assert.True((int)run.Json["runs"]! >= 15);
    }

    [Fact]
    public async Task Times_one_model_alone()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);

        var run = await ToolRun.Of("bench", model);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Median", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("times as fast", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_has_the_size_of_the_model_that_it_names()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);
        try
        {
            File.CreateSymbolicLink(folder.File("link.onnx"), model);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Assert.Skip("Links cannot be made here.");
        }

        var run = await ToolRun.Of("bench", folder.File("link.onnx"), "--json");

        Assert.Equal(new FileInfo(model).Length, (long)run.Json["models"]![0]!["bytes"]!);
    }

    [Fact]
    public async Task Models_with_other_inputs_do_not_fit_each_other()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);
        var other = folder.Write("other.onnx", new OnnxWriter().Write(OtherNet()));

        var run = await ToolRun.Of("bench", model, other, "-v", "m");

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
