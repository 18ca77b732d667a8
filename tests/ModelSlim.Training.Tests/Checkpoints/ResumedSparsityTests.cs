using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Testing;
using ModelSlim.Training.Checkpoints;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Sparsity;
using ModelSlim.Training.Tests.FineTuning;
using ModelSlim.Training.Tests.Runtime;
using ModelSlim.Training.Tests.Sparsity;

namespace ModelSlim.Training.Tests.Checkpoints;

/// <summary>Training that decides what goes remembers what it was about to decide.</summary>
public sealed class ResumedSparsityTests : IClassFixture<TorchFixture>, IDisposable
{
    private static readonly FineTuneSpec Tuning = new()
    {
        Batch = 32,
        Optimizer = new OptimizerSpec.Sgd { LearningRate = 0.02 },
        Distill = new DistillSpec(),
        Seed = 3,
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // 8 steps an epoch, 32 in all; the choice is made after 16 and done after 24.
    [Theory]
    [InlineData(Method.Soft, Regularizer.ScaleL1, false)]
    [InlineData(Method.Slimming, Regularizer.ScaleL1, false)]
    [InlineData(Method.Slimming, Regularizer.ScaleL1, true)]
    [InlineData(Method.Slimming, Regularizer.GroupLasso, false)]
    [InlineData(Method.Slimming, Regularizer.Growing, false)]
    public void What_crashes_goes_on_to_the_same_bytes(Method method, Regularizer regularizer, bool together)
    {
        var net = new FadingNet(SmallNets.Residual(folded: true));
        var task = new SparseTask(
            method, new SparsitySpec { Regularizer = regularizer, Epochs = 4 }, Tuning, net.Groups, together, LargestDrop: 0.5);
        var expected = Run(net, task, null).Value!;
        foreach (var reads in new[] { 11, 16, 24, 30 })
        {
            Assert.Throws<InvalidOperationException>(() => Run(net, task, TimeSpan.Zero, reads));
            var actual = Run(net, task, TimeSpan.Zero).Value!;

            Assert.Equal(new OnnxWriter().Write(expected.Model), new OnnxWriter().Write(actual.Model));
            Assert.Equal(expected.Strengths.Values.SelectMany(group => group), actual.Strengths.Values.SelectMany(group => group));
            Array.ForEach(Directory.GetFiles(folder.FullName), File.Delete);
        }
    }

    private Result<SparseResult> Run(FadingNet net, SparseTask task, TimeSpan? pause, int crashAfter = int.MaxValue)
    {
        using var cancel = new CancellationTokenSource();
        using var all = new SyntheticSamples(net.SampleShape, 4, 256);
        using var samples = new BrittleSamples(all, crashAfter, int.MaxValue, cancel);
        using var checkpoints = pause is { } time
            ? new CheckpointFolder(new CheckpointPlace(folder.FullName, time), new string('a', 64), TimeProvider.System)
            : null;
        return new SparseTrainer(new GraphCompiler(KernelRegistry.Standard), TimeProvider.System).Run(
            new SparseJob(net.Model, net.Model, task, samples) { Checkpoints = checkpoints }, new Progress<StageProgress>(), cancel.Token);
    }
}
