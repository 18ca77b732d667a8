using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;
using ModelSlim.Training.Checkpoints;
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

    [Fact]
    public async Task A_worker_that_is_killed_goes_on_to_the_same_bytes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The test looks workers up in /proc.");
        var place = new CheckpointPlace(folder.Of("checkpoints"), TimeSpan.Zero);
        Directory.CreateDirectory(place.Folder);
        var expected = await RunAsync(Arrays(), epochs: 100);
        var killed = 0;
        Result<TuningResult> result;
        do
        {
            reported.Clear();
            using var hunt = new CancellationTokenSource();
            var hunter = killed < 2 ? KillAsync(place.Folder, hunt.Token) : Task.CompletedTask;
            result = await RunAsync(Arrays(), epochs: 100, place);
            await hunt.CancelAsync();
            await hunter;
            killed += result.Succeeded ? 0 : 1;
        }
        while (!result.Succeeded);

        Assert.InRange(killed, 1, 2);
        Assert.Equal("goes on where it was", reported.First(step => step.Stage == "fine-tune").Detail);
        Assert.Equal(new OnnxWriter().Write(expected.Value!.Model), new OnnxWriter().Write(result.Value!.Model));
    }

    // Kills the worker of this test when it has kept one more checkpoint.
    private static async Task KillAsync(string checkpoints, CancellationToken cancellation)
    {
        IEnumerable<string> Files() => Directory.EnumerateFiles(checkpoints).Where(file => Path.GetExtension(file) is ".0" or ".1");
        DateTime Newest() => Files().Select(File.GetLastWriteTimeUtc).DefaultIfEmpty().Max();
        for (var before = Newest(); Newest() == before && !cancellation.IsCancellationRequested;)
        {
            await Task.Delay(1, CancellationToken.None);
        }

        foreach (var worker in Process.GetProcesses().Where(process => IsWorkerOf(checkpoints, process.Id)))
        {
            worker.Kill();
        }
    }

    // The request names the folder; the job's folder, which has the request, stands in the command line.
    private static bool IsWorkerOf(string checkpoints, int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Split('\0').FirstOrDefault(word => word.Contains("modelslim-job-")) is { } job
                && File.ReadAllText(Path.Combine(job, WorkerRequest.FileName)).Contains(checkpoints);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
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
                folder.Write("x.npy", DataFiles.Npy("<f4", $"{Samples}, {string.Join(", ", Shape)}", pixels)),
                folder.Write("y.npy", DataFiles.Npy("<i4", $"{Samples},", labels)),
            ],
            null,
            Place);
    }

    private Task<Result<TuningResult>> RunAsync(DataSource source, int epochs = 2, CheckpointPlace? checkpoints = null) => new TrainingWorker().RunAsync(
        new TrainingRequest
        {
            Student = student,
            Teacher = SmallNets.Residual(folded: true, seed: 2),
            Spec = new FineTuneSpec
            {
                Epochs = epochs,
                Batch = 32,
                Distill = null,
                Optimizer = new OptimizerSpec.Sgd { LearningRate = 0.02 },
            },
            Train = source,
            Preprocess = new PreprocessSpec(),
            Checkpoints = checkpoints,
            Inputs = [new SampleInput("x", ElementType.Float, Shape)],
            Torch = new TorchSource(WorkerHarness.LibTorch.Path, Offline: true),
        },
        new ProgressRecorder(reported),
        TestContext.Current.CancellationToken);
}
