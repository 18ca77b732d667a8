using System.Text.RegularExpressions;
using ModelSlim.Core.Onnx;
using ModelSlim.Testing;

namespace ModelSlim.Tool.Tests.Verbs;

public sealed class InspectVerbTests
{
    [Fact]
    public async Task Scripts_get_the_fields_they_rely_on()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);

        var json = (await ToolRun.Of("inspect", model, "--json")).Json;

        Assert.True((long)json["params"]! > 0);
        Assert.True((long)json["macs"]! > 0);
        Assert.Equal(new FileInfo(model).Length, (long)json["bytes"]!);
        Assert.True((int)json["opset"]! > 0);
        var group = json["groups"]![0]!;
        Assert.NotEmpty((string)group["id"]!);
        Assert.True((int)group["channels"]! > 0);
        Assert.NotEmpty(group["members"]!.AsArray());
        Assert.All(json["frozen"]!.AsArray(), part => Assert.NotEmpty((string)part!["node"]! + (string)part["reason"]!));
    }

    [Fact]
    public async Task People_get_tables()
    {
        using var folder = new TemporaryFolder();

        var run = await ToolRun.Of("inspect", ToolRun.WriteModel(folder));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("net.onnx: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("MACs", run.Output, StringComparison.Ordinal);
        Assert.Contains("it is an output of the model", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_recipe_beside_the_model_counts()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);
        folder.Write("net.prune.yaml", "target: { macs: 50% }\nprune: { ignore: [nothing-of-this-name] }\n");

        var run = await ToolRun.Of("inspect", model);

        Assert.Contains("net.prune.yaml(2,19): error MSLIM5002", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Equal_rows_are_counted_and_told_once()
    {
        using var folder = new TemporaryFolder();
        var builder = new ModelBuilder();
        var x = builder.Conv(builder.Input("x", 1, 3, 8, 8), 8, kernel: 3, pad: 1);
        builder.Output(builder.Fused("Inverse", [builder.Conv(builder.Conv(x, 8, kernel: 1), 8, kernel: 1)], [1, 8, 8, 8]));
        var model = folder.Write("net.onnx", new OnnxWriter().Write(builder.Build()));

        var run = await ToolRun.Of("inspect", model);

        Assert.Single(Regex.Matches(run.Output, "ModelSlim does not know the operator com.microsoft.Inverse"));
        Assert.DoesNotContain("catalog", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_cannot_be_slimmed_is_told_so()
    {
        using var folder = new TemporaryFolder();
        var builder = new ModelBuilder();
        builder.Output(builder.Relu(builder.Input("x", 1, 4)));
        var model = folder.Write("net.onnx", new OnnxWriter().Write(builder.Build()));

        var run = await ToolRun.Of("inspect", model);

        Assert.Contains("No channel can be removed: there are no weights outside of subgraphs.\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Group", run.Output, StringComparison.Ordinal);
    }
}
