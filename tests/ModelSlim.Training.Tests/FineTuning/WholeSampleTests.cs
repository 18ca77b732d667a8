using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Testing;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.FineTuning;

/// <summary>Models without an axis of samples: they run sample by sample, and learn what they would learn with one.</summary>
public sealed class WholeSampleTests : IClassFixture<TorchFixture>
{
    private const int Batch = 6;

    private static readonly FineTuneSpec Spec = new()
    {
        Steps = 3,
        Batch = Batch,
        Validation = 0,
        Optimizer = new OptimizerSpec.Sgd { LearningRate = 0.05 },
    };

    [Theory]
    [InlineData(true, 0.5)]
    [InlineData(false, 1.0)]
    [InlineData(false, null)]
    public void A_step_takes_all_samples_of_a_batch(bool labelled, double? distill)
    {
        SyntheticSamples Samples(bool whole) => new([3, WholeNets.Side, WholeNets.Side], WholeNets.Classes, 3 * Batch, labelled, whole);
        using var apart = Samples(whole: true);
        using var together = Samples(whole: false);
        var spec = Spec with { Distill = distill is { } weight ? new DistillSpec { Weight = weight } : null };

        // Without distillation and labels, numbers are compared, relative to those of all samples of the step.
        var (whole, losses) = Train(null, spec, apart, independent: distill is null);
        var (batched, expected) = Train("N", spec, together, independent: distill is null);

        Assert.All(expected.Zip(losses), pair => Assert.Equal(pair.First, pair.Second, 1e-4 * Math.Abs(pair.First)));
        Assert.Equal(batched.Keys.Order(), whole.Keys.Order());
        Assert.All(batched, weights => Assert.All(weights.Value.Zip(whole[weights.Key]), pair => Assert.Equal(pair.First, pair.Second, 1e-4)));
    }

    [Fact]
    public void It_runs_one_by_one_and_each_sample_has_a_row()
    {
        using var scope = NewDisposeScope();
        using var samples = new SyntheticSamples([3, WholeNets.Side, WholeNets.Side], WholeNets.Classes, 4, whole: true);
        using var module = BatchedModule.Open(Compile(WholeNets.Classifier()), samples);

        var all = module.Run(BatchTensors.Of(samples.Read([0, 1, 2]), samples.Shapes), RunMode.Inference)[0];
        var last = module.Run(BatchTensors.Of(samples.Read([2]), samples.Shapes), RunMode.Inference)[0];

        Assert.True(module.OneByOne);
        Assert.False(module.AtOnce);
        Assert.Equal([3, WholeNets.Classes], all.shape);
        Assert.Equal(last.data<float>().ToArray(), all[2].data<float>().ToArray());
    }

    [Fact]
    public void Numbers_that_stand_for_outputs_are_no_classes()
    {
        using var samples = new SyntheticSamples([3, WholeNets.Side, WholeNets.Side], WholeNets.Classes, 2 * Batch, labelled: false, whole: true);
        var job = new TuningJob(WholeNets.Classifier(seed: 2), WholeNets.Classifier(), Spec with { Distill = new DistillSpec() }, samples);
        TuningResult Tune(TuningJob tuned) => new FineTuner(new GraphCompiler(KernelRegistry.Standard), TimeProvider.System)
            .Run(tuned, new Progress<StageProgress>(), TestContext.Current.CancellationToken).Value!;

        Assert.All(Tune(job).Epochs, epoch => Assert.NotNull(epoch.Accuracy));
        Assert.All(Tune(job with { StandIn = true }).Epochs, epoch => Assert.Null(epoch.Accuracy));
    }

    private static (Dictionary<string, float[]> Weights, double[] Losses) Train(string? batch, FineTuneSpec spec, SampleSet samples, bool independent)
    {
        using var session = new TrainingSession(
            Compile(WholeNets.Classifier(seed: 2, batch)), Compile(WholeNets.Classifier(batch: batch)), new TrainingLoss(spec.Distill, independent), spec, samples);
        var losses = session.Order.Of(0).Select(places => session.Step.Run(places, 0.05, 0).Value!.Loss).ToArray();
        return (session.Module.Parameters.ToDictionary(weights => weights.Key, weights => weights.Value.data<float>().ToArray()), losses);
    }

    private static GraphProgram Compile(OnnxModel model) => new GraphCompiler(KernelRegistry.Standard).Compile(model.Graph).Value!;
}
