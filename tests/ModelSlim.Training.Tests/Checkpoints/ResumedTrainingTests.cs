using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Testing;
using ModelSlim.Training.Checkpoints;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Tests.FineTuning;
using ModelSlim.Training.Tests.Runtime;
using ModelSlim.Training.Tests.Worker;

namespace ModelSlim.Training.Tests.Checkpoints;

/// <summary>A training that ends somewhere and goes on gives the bytes of one that never ended.</summary>
public sealed class ResumedTrainingTests : IClassFixture<TorchFixture>, IDisposable
{
    // 13 steps an epoch, the last of 16 samples.
    private const int Samples = 400;
    private static readonly string Job = new('a', 64);
    private static readonly FineTuneSpec Spec = new()
    {
        Epochs = 3,
        Batch = 32,
        Optimizer = new OptimizerSpec.Sgd { LearningRate = 0.02 },
        Validation = 0,
        Seed = 3,
    };

    private readonly TemporaryFolder folder = new();
    private readonly List<StageProgress> reported = [];

    public static TheoryData<string> Recipes => ["labels", "distilled", "unlabelled", "adamw", "muon", "selected", "averaged", "folded", "steps", "augmented", "growing", "growing, averaged, folded"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Recipes))]
    public void What_crashes_goes_on_to_the_same_bytes(string recipe)
    {
        var expected = Run(recipe, null).Value!;
        foreach (var reads in new[] { 5, 14, 16, 31 })
        {
            Assert.Throws<InvalidOperationException>(() => Run(recipe, TimeSpan.Zero, crashAfter: reads));
            AssertSame(expected, Run(recipe, TimeSpan.Zero).Value!);
            Clear();
        }
    }

    [Fact]
    public void It_may_crash_many_times()
    {
        var expected = Run("selected", null).Value!;
        var crashes = 0;
        while (true)
        {
            try
            {
                AssertSame(expected, Run("selected", TimeSpan.Zero, crashAfter: 12).Value!);
                break;
            }
            catch (InvalidOperationException)
            {
                crashes++;
            }
        }

        Assert.True(crashes > 3, $"{crashes}");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(20)]
    public void What_is_cancelled_loses_no_step(int reads)
    {
        var expected = Run("distilled", null).Value!;
        Assert.ThrowsAny<OperationCanceledException>(() => Run("distilled", TimeSpan.FromHours(1), cancelAfter: reads));
        reported.Clear();

        AssertSame(expected, Run("distilled", TimeSpan.FromHours(1)).Value!);

        // Opening student and teacher reads once each.
        Assert.Equal(new StageProgress("fine-tune", reads - 2, 39, "goes on where it was"), reported[0]);
    }

    [Fact]
    public void What_is_done_is_not_done_again()
    {
        var expected = Run("selected", TimeSpan.Zero).Value!;
        reported.Clear();
        var again = Run("selected", TimeSpan.Zero).Value!;

        AssertSame(expected, again);
        Assert.Equal(expected.Epochs, again.Epochs);
        Assert.Equal("goes on where it was", Assert.Single(reported).Detail);
    }

    [Fact]
    public void A_budget_is_planned_once()
    {
        var spec = Spec with { Budget = TimeSpan.FromMilliseconds(100) };
        Assert.Throws<InvalidOperationException>(() => Run(spec, TimeSpan.Zero, crashAfter: 44, time: new CountingClock()));
        using var found = new CheckpointFolder(new CheckpointPlace(folder.FullName, TimeSpan.Zero), Job, TimeProvider.System);
        var result = Run(spec with { Budget = TimeSpan.FromHours(1) }, TimeSpan.Zero).Value!;

        Assert.InRange(result.Steps, 45, 100);
        Assert.Equal(found.Latest!.Total, result.Steps);
        AssertSame(Run(Spec with { Steps = result.Steps }, null).Value!, result);
    }

    private static void AssertSame(TuningResult expected, TuningResult actual)
    {
        Assert.Equal(new OnnxWriter().Write(expected.Model), new OnnxWriter().Write(actual.Model));
        Assert.Equal(expected.Kept, actual.Kept);
        Assert.Equal(expected.Epochs.Select(epoch => epoch with { Seconds = 0 }), actual.Epochs.Select(epoch => epoch with { Seconds = 0 }));
    }

    private void Clear() => Array.ForEach(Directory.GetFiles(folder.FullName), File.Delete);

    private Result<TuningResult> Run(string recipe, TimeSpan? pause, int crashAfter = int.MaxValue, int cancelAfter = int.MaxValue) => Run(
        recipe switch
        {
            "distilled" => Spec with { Distill = new DistillSpec() },
            "adamw" => Spec with { Optimizer = new OptimizerSpec.AdamW { LearningRate = 3e-3 } },
            "muon" => Spec with { Optimizer = new OptimizerSpec.Muon() },
            "selected" => Spec with { Validation = 0.25, Patience = 2, Epochs = 5 },
            "averaged" => Spec with { Validation = 0.25, Ema = 0.9 },
            "growing, averaged, folded" => Spec with { Ema = 0.9, Validation = 0.25 },
            "augmented" => Spec with { Distill = new DistillSpec(), Augment = new AugmentSpec { Crop = 2, Flip = true } },
            "steps" => Spec with { Steps = 30 },
            _ => Spec,
        },
        pause,
        crashAfter,
        cancelAfter,
        labelled: recipe != "unlabelled",
        folded: recipe.EndsWith("folded", StringComparison.Ordinal),
        growing: recipe.StartsWith("growing", StringComparison.Ordinal));

    private Result<TuningResult> Run(
        FineTuneSpec spec,
        TimeSpan? pause,
        int crashAfter = int.MaxValue,
        int cancelAfter = int.MaxValue,
        bool labelled = true,
        bool folded = false,
        TimeProvider? time = null,
        bool growing = false)
    {
        var (model, teacher) = (SmallNets.Residual(folded, seed: 1), SmallNets.Residual(folded, seed: 2));
        var shape = model.Graph.Inputs[0].Shape.Skip(1).Select(axis => axis.Extent!.Value).ToImmutableArray();
        using var cancel = new CancellationTokenSource();
        using var all = new SyntheticSamples(shape, 4, Samples, labelled);
        using var samples = new BrittleSamples(all, crashAfter, cancelAfter, cancel);
        using var checkpoints = pause is { } least
            ? new CheckpointFolder(new CheckpointPlace(folder.FullName, least), Job, TimeProvider.System)
            : null;
        return new FineTuner(new GraphCompiler(KernelRegistry.Standard), time ?? TimeProvider.System).Run(
            new TuningJob(model, teacher, spec, samples)
            {
                Checkpoints = checkpoints,
                Masked = growing ? GrowthCase.Names(model.Graph) : [],
                Growth = growing ? GrowthCase.Of(model.Graph) : null,
            },
            new ProgressRecorder(reported), cancel.Token);
    }

    // Goes on by a millisecond whenever it is read.
    private sealed class CountingClock : TimeProvider
    {
        private long reading;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => reading++;
    }
}
