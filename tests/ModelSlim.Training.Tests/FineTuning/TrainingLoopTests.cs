using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Testing;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Tests.Runtime;

namespace ModelSlim.Training.Tests.FineTuning;

public sealed class TrainingLoopTests : IClassFixture<TorchFixture>
{
    private static readonly FineTuneSpec Spec = new() { Epochs = 2, Batch = 16, Schedule = Schedule.Constant, Warmup = 0, Seed = 3 };

    [Fact]
    public void Hooks_see_every_step_and_every_epoch_in_order()
    {
        var hook = new Recorder();
        Train(SmallNets.Chain(), hook);

        Assert.Equal(Enumerable.Range(1, 8), hook.Steps.Select(moment => moment.Done));
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1], hook.Steps.Select(moment => moment.Epoch));
        Assert.Equal([0, 1, 2, 3, 0, 1, 2, 3], hook.Steps.Select(moment => moment.Step));
        Assert.All(hook.Steps, moment => Assert.Equal((8, Spec.Optimizer.LearningRate), (moment.Total, moment.Rate)));
        Assert.Equal([4, 8], hook.Epochs.Select(moment => moment.Done));
    }

    [Fact]
    public void Hooks_see_gradients_before_every_step_and_what_they_make_of_them_counts()
    {
        var model = SmallNets.Chain();
        var name = model.Graph.Nodes.First(node => node.OpType == "BatchNormalization").Inputs[1];
        var hook = new Recorder(name);
        var trained = Train(model, hook).Graph;

        Assert.Equal(Enumerable.Range(0, 8), hook.Before);
        Assert.Equal(model.Graph.Initializers[name].ToSingles(), trained.Initializers[name].ToSingles());
        Assert.NotEqual(model.Graph.Initializers[name].ToSingles(), Train(model, new Recorder()).Graph.Initializers[name].ToSingles());
    }

    [Fact]
    public void A_hook_may_change_parameters_by_name()
    {
        var model = SmallNets.Chain();
        var name = model.Graph.Initializers.First(entry => entry.Value.Shape.Length == 4).Key;
        var trained = Train(model, new Zero(name)).Graph;

        Assert.All(trained.Initializers[name].ToSingles(), value => Assert.Equal(0f, value));
        Assert.Contains(trained.Initializers, entry => entry.Key != name && entry.Value.ToSingles().Any(value => value != 0));
    }

    private static OnnxModel Train(OnnxModel model, TrainingHook hook)
    {
        var shape = model.Graph.Inputs[0].Shape.Skip(1).Select(axis => axis.Extent!.Value).ToImmutableArray();
        using var samples = new SyntheticSamples(shape, 4, 64);
        var program = new GraphCompiler(KernelRegistry.Standard).Compile(model.Graph).Value!;
        using var session = new TrainingSession(program, program, new TrainingLoss(null, false), Spec, samples);
        var epochs = new TrainingLoop(TimeProvider.System).Run(
            session, [hook], new Progress<StageProgress>(), TestContext.Current.CancellationToken);
        Assert.Equal(2, epochs.Value!.Length);
        return model.With(session.Trained());
    }

    private sealed class Recorder(string? still = null) : TrainingHook
    {
        // How many steps had been taken each time.
        public List<int> Before { get; } = [];

        public List<TrainingMoment> Steps { get; } = [];

        public List<TrainingMoment> Epochs { get; } = [];

        public override void BeforeStep(GraphModule student)
        {
            Assert.All(student.Parameters.Values, parameter => Assert.NotNull(parameter.grad));
            Before.Add(Steps.Count);
            if (still is not null)
            {
                student.Parameters[still].grad!.zero_();
            }
        }

        public override void AfterStep(GraphModule student, TrainingMoment moment) => Steps.Add(moment);

        public override void AfterEpoch(GraphModule student, TrainingMoment moment) => Epochs.Add(moment);
    }

    private sealed class Zero(string name) : TrainingHook
    {
        public override void AfterStep(GraphModule student, TrainingMoment moment) => student.Parameters[name].zero_();
    }
}
