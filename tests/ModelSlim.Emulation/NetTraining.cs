using System.Collections.Immutable;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tracing;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Scoring;
using ModelSlim.Training.Sparsity;
using ModelSlim.Training.Tests.FineTuning;

namespace ModelSlim.Emulation;

/// <summary>Trains nets as the worker does: fine-tuning with distillation, training that decides, and gradients that score.</summary>
internal static class NetTraining
{
    private const int Batch = 16;
    private const int Steps = 3;

    private static GraphCompiler Compiler { get; } = new(KernelRegistry.Standard);

    /// <summary>Fine-tunes by distillation from another net of the same form.</summary>
    public static byte[] FineTune(OnnxModel student, OnnxModel teacher, OptimizerSpec optimizer, bool labelled)
    {
        using var samples = Samples(student, labelled);
        var spec = new FineTuneSpec { Steps = Steps, Batch = Batch, Optimizer = optimizer, Distill = new DistillSpec(), Ema = 0.9, Seed = 3 };
        var result = new FineTuner(Compiler, TimeProvider.System).Run(
            new TuningJob(student, teacher, spec, samples), new Progress<StageProgress>(), CancellationToken.None);
        return new OnnxWriter().Write(Value(result).Model);
    }

    /// <summary>Trains until channels are zero.</summary>
    public static byte[] Sparsify(OnnxModel model, Method method, Regularizer regularizer)
    {
        using var samples = Samples(model, labelled: true);
        var tuning = new FineTuneSpec { Batch = Batch, Optimizer = new OptimizerSpec.Sgd(), Distill = new DistillSpec(), Seed = 3 };
        var groups = Groups(model).Select(group => new FadingGroup(group, group.Channels / 2)).ToImmutableArray();
        var task = new SparseTask(method, new SparsitySpec { Regularizer = regularizer }, tuning, groups, Together: false, LargestDrop: 0.5);
        var result = Value(new SparseTrainer(Compiler, TimeProvider.System).Run(
            new SparseJob(model, model, task, samples), new Progress<StageProgress>(), CancellationToken.None));
        return WithNumbers(new OnnxWriter().Write(result.Model), result.Strengths);
    }

    /// <summary>Scores channels by gradients.</summary>
    public static byte[] Score(OnnxModel model, bool labelled)
    {
        using var samples = Samples(model, labelled);
        var scores = Value(new GradientScorer(Compiler).Run(
            model, new GradientTask(Groups(model), labelled, Seed: 3), samples, new Progress<StageProgress>(), CancellationToken.None));
        return WithNumbers([], scores);
    }

    private static byte[] WithNumbers(byte[] model, ImmutableSortedDictionary<string, ImmutableArray<double>> numbers)
    {
        var log = new ByteLog();
        log.Add(model);
        foreach (var row in numbers.Values)
        {
            log.Add(row.AsSpan());
        }

        return log.ToArray();
    }

    private static SyntheticSamples Samples(OnnxModel model, bool labelled) => new(
        [.. model.Graph.Inputs[0].Shape.Skip(1).Select(axis => axis.Extent!.Value)], 4, Steps * Batch, labelled);

    private static ImmutableArray<ChannelGroup> Groups(OnnxModel model)
    {
        var shapes = model.Graph.Inputs.ToDictionary(input => input.Name, input => input.Shape.Select(axis => axis.Extent ?? 1).ToImmutableArray());
        var trace = Value(new ModelTracer(new SessionFactory(), OperatorCatalog.Standard).Trace(model, shapes, CancellationToken.None));
        return [.. new DependencyBuilder(OperatorCatalog.Standard).Build(new GraphIndex(model.Graph), trace, new HashSet<string>()).Groups];
    }

    private static T Value<T>(Result<T> result)
        where T : class =>
        result.Value ?? throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
}
