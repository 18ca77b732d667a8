using System.Collections.Immutable;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tracing;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Sparsity;

namespace ModelSlim.Training.Tests.Sparsity;

/// <summary>A net with its groups of channels, of each of which a share is to go.</summary>
internal sealed class FadingNet
{
    public FadingNet(OnnxModel model, double share = 0.5)
    {
        Model = model;
        var trace = new ModelTracer(new SessionFactory(), OperatorCatalog.Standard).Trace(
            model, model.Graph.Inputs.ToDictionary(input => input.Name, input => input.Shape.Select(axis => axis.Extent ?? 1).ToImmutableArray()), TestContext.Current.CancellationToken);
        Assert.True(trace.Succeeded, string.Join('\n', trace.Diagnostics));
        Groups =
        [
            .. new DependencyBuilder(OperatorCatalog.Standard).Build(new GraphIndex(model.Graph), trace.Value, new HashSet<string>()).Groups
                .Select(group => new FadingGroup(group, (int)(share * group.Channels))),
        ];
        Assert.NotEmpty(Groups);
    }

    public OnnxModel Model { get; }

    public ImmutableArray<FadingGroup> Groups { get; }

    public ImmutableArray<int> SampleShape => [.. Model.Graph.Inputs[0].Shape.Skip(1).Select(axis => axis.Extent!.Value)];

    /// <summary>The graph as it is trained, where normalizations are not folded.</summary>
    public ScaledGraph Scaled() => ScaledGraph.Of(new OpenedGraph(Model.Graph, Model.Graph, []), Groups);

    /// <summary>A graph as a module.</summary>
    public static GraphModule Module(Graph graph) => new(new GraphCompiler(KernelRegistry.Standard).Compile(graph).Value!);

    /// <summary>A moment of a training with a constant rate.</summary>
    public static TrainingMoment Moment(int done, int total, int hits = 0, double rate = 0.1) =>
        new(0, done - 1, done, total, rate) { Outcome = new StepOutcome(100, 0, hits) };

    /// <summary>That training.</summary>
    public static FineTuneSpec Constant { get; } = new()
    {
        Optimizer = new OptimizerSpec.Sgd { LearningRate = 0.1 },
        Schedule = Schedule.Constant,
        Warmup = 0,
    };
}
