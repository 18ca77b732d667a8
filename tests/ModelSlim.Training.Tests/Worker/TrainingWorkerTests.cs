using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Testing;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Tests.Data;
using ModelSlim.Training.Tests.FineTuning;
using ModelSlim.Training.Worker;

namespace ModelSlim.Training.Tests.Worker;

/// <summary>Fine-tunes small nets in real workers, from files.</summary>
public sealed class TrainingWorkerTests : IDisposable
{
    private const int Samples = 96;
    private static readonly ImmutableArray<int> Shape = [3, 12, 12];
    private static readonly SourceSpan Place = new("prune.yaml", 4, 2);
    private readonly DataFolder folder = new();
    private readonly WorkerHarness harness = new();
    private readonly List<StageProgress> reported = [];

    private readonly OnnxModel student = SmallNets.Residual(folded: true);

    public void Dispose()
    {
        harness.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Fine_tunes_and_gives_the_same_bytes_again()
    {
        var first = await RunAsync(Arrays());
        var second = await RunAsync(Arrays());

        Assert.Empty(first.Diagnostics);
        Assert.Equal(2, first.Value!.Epochs.Length);
        Assert.True(first.Value.Epochs[1].Loss < first.Value.Epochs[0].Loss);
        Assert.Contains(reported, step => step is { Stage: "fine-tune", Total: > 0 });
        var writer = new OnnxWriter();
        Assert.Equal(writer.Write(first.Value.Model), writer.Write(second.Value!.Model));
        Assert.NotEqual(writer.Write(student), writer.Write(first.Value.Model));
        Assert.Equal(student.Graph.Nodes.Select(node => node.Label), first.Value.Model.Graph.Nodes.Select(node => node.Label));
    }

    [Fact]
    public async Task Data_that_cannot_be_read_is_an_error_at_its_place()
    {
        var missing = await RunAsync(new DataSource(DataKind.Npy, [folder.Of("none.npy")], null, Place));
        var diagnostic = Assert.Single(missing.Diagnostics);
        Assert.Equal(DiagnosticCodes.DataMissing, diagnostic.Descriptor);
        Assert.Equal(Place, diagnostic.Location);
    }

    [Fact]
    public async Task A_picture_that_is_damaged_ends_the_training_by_name()
    {
        for (var label = 0; label < 4; label++)
        {
            folder.Picture($"pictures/{label}/x.png", 32, 32, (y, x) => ((byte)(x * y), (byte)(x ^ y), (byte)(x * 7)));
        }

        var victim = folder.Of("pictures/2/x.png");
        var bytes = File.ReadAllBytes(victim);
        File.WriteAllBytes(victim, bytes[..(bytes.Length / 2)]);
        var result = await RunAsync(new DataSource(DataKind.Images, [folder.Of("pictures")], null, Place));
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(DiagnosticCodes.SampleUnreadable, diagnostic.Descriptor);
        Assert.Contains(victim, diagnostic.Message);
        Assert.Equal(Place, diagnostic.Location);
    }

    private DataSource Arrays()
    {
        using var samples = new SyntheticSamples(Shape, classes: 4, Samples);
        var batch = samples.Read([.. Enumerable.Range(0, Samples)]);
        var pixels = MemoryMarshal.AsBytes<float>(batch.Inputs[0]).ToArray();
        var labels = MemoryMarshal.AsBytes<int>(batch.Labels).ToArray();
        return new DataSource(
            DataKind.Npy,
            [
                folder.Write("x.npy", DataFolder.Npy("<f4", $"{Samples}, {string.Join(", ", Shape)}", pixels)),
                folder.Write("y.npy", DataFolder.Npy("<i4", $"{Samples},", labels)),
            ],
            null,
            Place);
    }

    private Task<Result<TuningResult>> RunAsync(DataSource source) => new TrainingWorker().RunAsync(
        new TrainingRequest
        {
            Student = student,
            Teacher = SmallNets.Residual(folded: true, seed: 2),
            Spec = new FineTuneSpec
            {
                Epochs = 2,
                Batch = 32,
                Distill = null,
                Optimizer = new OptimizerSpec.Sgd { LearningRate = 0.02 },
            },
            Train = source,
            Preprocess = new PreprocessSpec(),
            SampleShape = Shape,
            LibTorchDirectory = WorkerHarness.LibTorch.Path,
            Offline = true,
        },
        new ProgressRecorder(reported),
        TestContext.Current.CancellationToken);
}
