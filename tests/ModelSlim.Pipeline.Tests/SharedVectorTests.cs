using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Pipeline.Tests;

/// <summary>Three Conv layers that share a bias of zeros, then two with biases of their own.</summary>
public sealed class SharedVectorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ModelSlimServices services = new(2);

    private string Model => folder.File("net.onnx");

    private string Output => folder.File("slim.onnx");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task LayersThatHappenToShareAVectorArePrunedApart()
    {
        Save(dead: false);
        var recipe = new Recipe { Target = new TargetSpec { Macs = 0.5 } };

        var found = services.Inspector.Run(Model, recipe, TestContext.Current.CancellationToken);
        Assert.Equal([16, 16, 16, 16, 16], found.Value!.Groups.Select(group => group.Channels));

        var slim = await Slim(recipe);
        Assert.Equal(new FileInfo(Model).Length, slim.Report.Before.Bytes);
        Assert.Equal(new FileInfo(Output).Length, slim.Report.After.Bytes);
        Assert.InRange(slim.Report.Verification!.MaxError!.Value, 0, 1e-4);
    }

    [Theory]
    [InlineData(RepairMode.Auto)]
    [InlineData(RepairMode.Off)]
    public async Task AModelThatNothingIsCutFromIsWrittenAsItIs(RepairMode repair)
    {
        Save(dead: false);

        var slim = await Slim(new Recipe { Target = new TargetSpec { Macs = 1 }, Repair = repair });

        var before = await File.ReadAllBytesAsync(Model, TestContext.Current.CancellationToken);
        Assert.Equal(before, await File.ReadAllBytesAsync(Output, TestContext.Current.CancellationToken));
        Assert.Equal(slim.Report.Before.Bytes, slim.Report.After.Bytes);
        Assert.Equal(slim.Report.Before.Params, slim.Report.After.Params);
    }

    [Fact]
    public async Task AnIgnoredVectorKeepsEveryLayerThatSharesItAlsoAfterDeadChannelsWent()
    {
        Save(dead: true);

        var slim = await Slim(new Recipe
        {
            Target = new TargetSpec { Macs = 0.85 },
            Prune = new PruneSpec { Ignore = [new IgnorePattern("zeros", null)] },
        });

        Assert.NotEmpty(slim.Report.Lossless);
        var graph = new OnnxReader().Read(Output).Value!.Graph;
        var widths = graph.Nodes.Where(node => node.OpType == "Conv").Select(node => graph.Initializers[node.Inputs[1]].Shape[0]).ToArray();
        Assert.Equal([16, 16, 16], widths[..3]);
        Assert.True(widths[3] < 16);
    }

    // Dead: the last Conv does not read the first two channels of the one before.
    private void Save(bool dead)
    {
        var net = new ModelBuilder();
        var zeros = net.Initializer("zeros", TensorData.From([16], new float[16]));
        var x = net.Input("x", 1, 3, 16, 16);
        for (var layer = 0; layer < 5; layer++)
        {
            var weights = net.Random($"w{layer}", [16, layer == 0 ? 3 : 16, 3, 3], -1, 1);
            for (var i = 0; i < weights.Length && dead && layer == 4; i++)
            {
                weights[i] = i / 9 % 16 < 2 ? 0 : weights[i];
            }

            var stored = net.Initializer($"w{layer}", TensorData.From([16, layer == 0 ? 3 : 16, 3, 3], weights));
            x = net.Relu(net.Conv(x, stored, layer < 3 ? zeros : net.Initializer($"b{layer}", [16], -1, 1)));
        }

        net.Output(net.Gemm(net.Flatten(net.GlobalAveragePool(x)), 10));
        new OnnxWriter().Save(net.Build(), Model);
    }

    private async Task<SlimOutcome> Slim(Recipe recipe)
    {
        var slim = await services.Pipeline.RunAsync(
            new SlimRequest { ModelPath = Model, Recipe = recipe, OutputPath = Output }, new Progress<StageProgress>(), TestContext.Current.CancellationToken);
        Assert.True(slim.Succeeded, string.Join('\n', slim.Diagnostics));
        return slim.Value;
    }
}
