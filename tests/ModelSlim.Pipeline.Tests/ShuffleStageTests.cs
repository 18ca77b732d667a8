using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Testing;

namespace ModelSlim.Pipeline.Tests;

public sealed class ShuffleStageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("shuffled halves", true)]
    [InlineData("shuffled halves by computed sizes", true)]
    [InlineData("channel shuffle", false)]
    public async Task ShufflesAreGathersWhereChannelsStayBecauseOfThem(string name, bool gathers)
    {
        var slim = await Slim(name, new Recipe { Target = new TargetSpec { Macs = 0.5 } });

        Assert.Equal(gathers, slim.Graph.Nodes.Any(node => node.OpType == "Gather"));
    }

    [Fact]
    public async Task WhatIsNamedAsToStayIsNotTakenApart()
    {
        var slim = await Slim(
            "shuffled halves",
            new Recipe { Target = new TargetSpec { Macs = 0.99 }, Prune = new PruneSpec { Ignore = [new IgnorePattern("transpose_*", null)] } });

        Assert.Equal(3, slim.Graph.Nodes.Count(node => node.OpType == "Transpose"));
    }

    private async Task<OnnxModel> Slim(string name, Recipe recipe)
    {
        var (path, output) = (folder.File("net.onnx"), folder.File("slim.onnx"));
        var model = StructureNets.Make(StructureNets.Kinds.Single(kind => kind.Name == name), isDynamic: false);
        await File.WriteAllBytesAsync(path, new OnnxWriter().Write(model), TestContext.Current.CancellationToken);

        var slim = await new ModelSlimServices(2).Pipeline.RunAsync(
            new SlimRequest { ModelPath = path, Recipe = recipe, OutputPath = output }, new Progress<StageProgress>(), TestContext.Current.CancellationToken);

        Assert.True(slim.Succeeded, string.Join('\n', slim.Diagnostics));
        Assert.InRange(slim.Value.Report.After.Macs, 1, (long)(slim.Value.Report.Before.Macs * recipe.Target.Macs!.Value));
        Assert.InRange(slim.Value.Report.Verification!.MaxError!.Value, 0, 1e-4);
        return new OnnxReader().Read(output).Value!;
    }
}
