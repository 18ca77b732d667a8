using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Recipes;
using ModelSlim.Testing;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Tests.Runtime;

namespace ModelSlim.Training.Tests.FineTuning;

public sealed class EpochSelectionTests : IClassFixture<TorchFixture>
{
    private static readonly FineTuneSpec Spec = new()
    {
        Epochs = 4,
        Batch = 32,
        Optimizer = new OptimizerSpec.Sgd { LearningRate = 0.02 },
        Validation = 0.25,
        Seed = 3,
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_epoch_before_the_damage_is_kept(bool labelled)
    {
        var seen = new List<Dictionary<string, float[]>>();
        var (epochs, kept, graph) = Train(Spec, labelled, new Damage(from: 2, seen));

        Assert.Equal((2, false, 128), (kept.Epoch, kept.Averaged, kept.HeldOut));
        Assert.Equal(epochs[1].Validation, kept.Score);
        Assert.True(epochs[2].Validation < kept.Score);
        Assert.All(seen[1], entry => Assert.Equal(entry.Value, graph.Initializers[entry.Key].ToSingles()));
    }

    [Fact]
    public void The_last_epoch_is_kept_where_it_is_as_good_as_any()
    {
        var (epochs, kept, _) = Train(Spec with { Optimizer = new OptimizerSpec.Sgd { LearningRate = 1e-12 } });
        Assert.Equal((4, 4), (epochs.Length, kept.Epoch));
    }

    [Fact]
    public void Patience_ends_what_does_not_improve()
    {
        var (epochs, _, _) = Train(Spec with { Epochs = 50, Patience = 2, Optimizer = new OptimizerSpec.Sgd { LearningRate = 1e-12 } });
        Assert.Equal(3, epochs.Length);
    }

    [Fact]
    public void The_average_is_kept_where_the_weights_are_damaged_in_the_end()
    {
        var (_, kept, graph) = Train(Spec with { Epochs = 1, Ema = 0.9 }, hooks: new Damage(from: 0, []));
        Assert.True(kept.Averaged);
        Assert.Contains(graph.Initializers, entry => entry.Value.Shape.Length == 4 && entry.Value.ToSingles().Any(value => value != 0));
    }

    [Fact]
    public void Without_held_out_samples_the_average_is_what_was_asked_for()
    {
        var plain = Train(Spec with { Validation = 0 });
        var averaged = Train(Spec with { Validation = 0, Ema = 0.5 });
        Assert.Equal((4, false, 0), (plain.Kept.Epoch, plain.Kept.Averaged, plain.Kept.HeldOut));
        Assert.Equal((4, true, 0), (averaged.Kept.Epoch, averaged.Kept.Averaged, averaged.Kept.HeldOut));
        Assert.Equal(plain.Epochs.Select(epoch => epoch.Loss), averaged.Epochs.Select(epoch => epoch.Loss));
        Assert.Contains(plain.Graph.Initializers, entry => !entry.Value.Bytes.Span.SequenceEqual(averaged.Graph.Initializers[entry.Key].Bytes.Span));
    }

    private static (EpochSummary[] Epochs, KeptEpoch Kept, Graph Graph) Train(
        FineTuneSpec spec, bool labelled = true, params ImmutableArray<TrainingHook> hooks)
    {
        var (model, teacher) = (SmallNets.Chain(folded: true, seed: 1), SmallNets.Chain(folded: true, seed: 2));
        var shape = model.Graph.Inputs[0].Shape.Skip(1).Select(axis => axis.Extent!.Value).ToImmutableArray();
        using var samples = new SyntheticSamples(shape, 4, 512, labelled);
        var compiler = new GraphCompiler(KernelRegistry.Standard);
        using var session = new TrainingSession(
            compiler.Compile(model.Graph).Value!, compiler.Compile(teacher.Graph).Value!, new TrainingLoss(null, false), spec, samples);
        var epochs = new TrainingLoop(TimeProvider.System).Run(
            session, hooks, new Progress<StageProgress>(), TestContext.Current.CancellationToken).Value!;
        return (epochs, session.Choose(epochs.Length), session.Trained());
    }

    private sealed class Damage(int from, List<Dictionary<string, float[]>> seen) : TrainingHook
    {
        public override void AfterEpoch(GraphModule student, TrainingMoment moment)
        {
            foreach (var parameter in student.Parameters.Values.Where(_ => moment.Epoch >= from))
            {
                parameter.zero_();
            }

            seen.Add(student.Parameters.ToDictionary(entry => entry.Key, entry => entry.Value.contiguous().data<float>().ToArray()));
        }
    }
}
