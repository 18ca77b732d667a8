using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;
using ModelSlim.Training.Runtime;

namespace ModelSlim.Pipeline.Tests;

/// <summary>Weights of 16 bits, from the file to the slim model: cut, proven, repaired, trained in 32 bits, and written as they were.</summary>
public sealed class HalfPrecisionTests : IDisposable
{
    private const int Samples = 64;

    private static readonly SourceSpan Place = new("prune.yaml", 3, 3);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("throughout", ElementType.Float16)]
    [InlineData("within", ElementType.Float16)]
    [InlineData("stored", ElementType.Float16)]
    [InlineData("stored", ElementType.BFloat16)] // ONNX Runtime has no Conv of such on CPUs.
    public async Task What_is_of_16_bits_stays_so(string form, ElementType type)
    {
        var host = HostPlatform.Detect();
        Assert.SkipWhen(host.LibTorchPackage is null || !NumericsClass.Of(host, Numerics.Portable).Succeeded, "Fine-tuning does not run here.");
        var net = SmallNets.Residual(folded: true);
        var model = form switch
        {
            "throughout" => HalfPrecision.Of(net, type),
            "within" => HalfPrecision.Within(net, type),
            _ => HalfPrecision.Stored(net, type),
        };
        new OnnxWriter().Save(model, folder.File("net.onnx"));
        var recipe = new Recipe
        {
            Target = new TargetSpec { Macs = 0.5 },
            Data = new DataSpec { Train = Arrays([.. net.Graph.Inputs[0].Shape.Skip(1).Select(axis => axis.Extent!.Value)]) },
            FineTune = new FineTuneSpec { Batch = 16, Distill = new DistillSpec(), Optimizer = new OptimizerSpec.Sgd { LearningRate = 0.02 } },
        };

        var slim = await new ModelSlimServices(2).Pipeline.RunAsync(
            new SlimRequest { ModelPath = folder.File("net.onnx"), Recipe = recipe, OutputPath = folder.File("slim.onnx"), Offline = true },
            new Progress<StageProgress>(),
            TestContext.Current.CancellationToken);

        Assert.True(slim.Succeeded, string.Join('\n', slim.Diagnostics));
        var report = slim.Value.Report;
        Assert.True(report.After.Macs <= 0.5 * report.Before.Macs);
        Assert.InRange(report.Verification!.MaxError!.Value, 0, 1e-2);
        Assert.Contains(report.Stages, stage => stage.Name == "fine-tune");
        var written = new OnnxReader().Read(folder.File("slim.onnx")).Value!.Graph;
        Assert.Equal(model.Graph.Inputs[0].Type, written.Inputs[0].Type);
        Assert.Equal(model.Graph.Outputs[0].Type, written.Outputs[0].Type);
        Assert.All(written.Initializers.Values.Where(tensor => tensor.IsFloatingPoint), tensor => Assert.Equal(type, tensor.Type));
        Assert.Equal(
            model.Graph.Nodes.Count(node => node.OpType == "Cast"), written.Nodes.Count(node => node.OpType == "Cast"));
    }

    private DataSource Arrays(int[] shape)
    {
        var random = new SplitMix(5, "pictures");
        var pixels = Enumerable.Range(0, Samples * shape.Aggregate(1, (a, b) => a * b)).Select(_ => (2 * random.NextSingle()) - 1).ToArray();
        var labels = Enumerable.Range(0, Samples).Select(_ => random.NextInt(10)).ToArray();
        return new DataSource(
            DataKind.Npy,
            [
                folder.Write("x.npy", DataFiles.Npy("<f4", $"{Samples}, {string.Join(", ", shape)}", DataFiles.Bytes(pixels))),
                folder.Write("y.npy", DataFiles.Npy("<i4", $"{Samples},", DataFiles.Bytes(labels))),
            ],
            null,
            Place);
    }
}
