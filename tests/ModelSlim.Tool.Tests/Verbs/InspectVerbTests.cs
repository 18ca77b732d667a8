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
}
