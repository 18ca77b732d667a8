using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Testing;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Tests.Runtime;

namespace ModelSlim.Training.Tests.FineTuning;

/// <summary>A clock that goes on by a second whenever samples are read, so that a step takes a second.</summary>
public sealed class StepBudgetTests : IClassFixture<TorchFixture>
{
    private const int Samples = 512;

    private static readonly FineTuneSpec Spec = new() { Batch = 32, Optimizer = new OptimizerSpec.Sgd { LearningRate = 0.02 }, Seed = 3 };

    // Finding out takes 8 seconds: student and teacher read samples when they are opened, then 3 batches are taken twice.
    // An epoch has 16 steps.
    [Theory]
    [InlineData(5, 1)]
    [InlineData(8 + 10, 10)]
    [InlineData(8 + 100, 100)]
    public void As_many_steps_are_taken_as_the_time_allows(int seconds, int steps)
    {
        var result = Tune(Spec with { Budget = TimeSpan.FromSeconds(seconds) }).Value!;

        Assert.Equal(steps, result.Steps);
        Assert.Equal((steps + 15) / 16, result.Epochs.Length);
    }

    [Theory]
    [InlineData(8 + 10)]
    [InlineData(8 + 100)]
    public void Their_number_gives_the_same_bytes_again(int seconds)
    {
        var budgeted = Tune(Spec with { Budget = TimeSpan.FromSeconds(seconds) }).Value!;
        var again = Tune(Spec with { Steps = budgeted.Steps }).Value!;

        Assert.Equal(budgeted.Steps, again.Steps);
        Assert.Equal(budgeted.Kept, again.Kept);
        Assert.Equal(new OnnxWriter().Write(budgeted.Model), new OnnxWriter().Write(again.Model));
    }

    [Fact]
    public void An_epoch_of_steps_is_an_epoch()
    {
        var epoch = Tune(Spec).Value!;
        var steps = Tune(Spec with { Steps = 16 }).Value!;
        var fewer = Tune(Spec with { Steps = 15 }).Value!;

        Assert.Equal(new OnnxWriter().Write(epoch.Model), new OnnxWriter().Write(steps.Model));
        Assert.NotEqual(new OnnxWriter().Write(epoch.Model), new OnnxWriter().Write(fewer.Model));
    }

    [Fact]
    public void What_is_wrong_with_a_step_is_said_before_training()
    {
        var result = Tune(Spec with { Budget = TimeSpan.FromHours(1) }, classes: 50);
        Assert.Equal("MSLIM6103", Assert.Single(result.Diagnostics).Code);
    }

    private static Result<TuningResult> Tune(FineTuneSpec spec, int classes = 4)
    {
        var (model, teacher) = (SmallNets.Chain(seed: 1), SmallNets.Chain(seed: 2));
        var shape = model.Graph.Inputs[0].Shape.Skip(1).Select(axis => axis.Extent!.Value).ToImmutableArray();
        using var samples = new SyntheticSamples(shape, classes, Samples);
        var clock = new SampleClock();
        using var slow = new SlowSamples(samples, clock);
        return new FineTuner(new GraphCompiler(KernelRegistry.Standard), clock).Run(
            new TuningJob(model, teacher, spec, slow), new Progress<StageProgress>(), TestContext.Current.CancellationToken);
    }

    private sealed class SampleClock : TimeProvider
    {
        public int Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }

    private sealed class SlowSamples(SampleSet samples, SampleClock clock) : SampleSet
    {
        public override int Count => samples.Count;

        public override ImmutableArray<ImmutableArray<int>> Shapes => samples.Shapes;

        public override bool HasLabels => samples.HasLabels;

        public override Batch Read(ReadOnlySpan<int> indices)
        {
            clock.Seconds++;
            return samples.Read(indices);
        }
    }
}
