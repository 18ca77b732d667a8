using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Data;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Modules;

namespace ModelSlim.Training.Sparsity;

/// <summary>
/// Trains a model so that the channels that are to go do little: with labels, by distillation from the original, or both, as
/// fine-tuning does. Normalizations that were folded stand on their own meanwhile. Same job, same bytes, given that the process
/// computes in a numerics class.
/// </summary>
/// <param name="compiler">Makes graphs ready to run.</param>
/// <param name="time">The clock, for what is reported alone.</param>
public sealed class SparseTrainer(GraphCompiler compiler, TimeProvider time)
{
    /// <summary>Name of the stage in progress.</summary>
    public const string Stage = "sparsify";

    /// <summary>Trains.</summary>
    /// <returns>The model and what is left of its channels; MSLIM61xx as <see cref="FineTuner"/> says.</returns>
    public Result<SparseResult> Run(SparseJob job, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        try
        {
            return Train(job, progress, cancellation);
        }
        catch (NodeFailedException failure)
        {
            return DiagnosticCodes.NodeNotTrainable.Says($"{failure.Message}; use method: channels without finetune.");
        }
    }

    private Result<SparseResult> Train(SparseJob job, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        var task = job.Task;
        var own = LossOutputs.Of(job.Student.Graph, job.StandIn);
        if (own.Graph.Outputs.IsEmpty)
        {
            return DiagnosticCodes.OutputsNotBatched.Says("no output of the model is of floating-point numbers; use method: channels without finetune");
        }

        // Samples that fine-tuning holds out are not trained on here either.
        var split = HoldOut.Of(task.Tuning, job.Train.Count);
        var samples = split.HeldOut.IsEmpty ? job.Train : new SampleSubset(job.Train, split.Train);
        var loss = new TrainingLoss(task.Training.Distill, own.Independent);
        return compiler.Compile(LossOutputs.Of(job.Teacher.Graph).Graph).Then(teacher =>
            new BatchNormOpening(compiler).Run(own.Graph, samples, task.Training.Seed, cancellation).Then(opened =>
            {
                var scaled = ScaledGraph.Of(opened, task.Groups);
                return compiler.Compile(scaled.Graph).Then<SparseResult>(student =>
                {
                    using var session = new TrainingSession(student, teacher, loss, task.Training, samples, job.Layout);
                    var groups = GroupSlices.Of(scaled, task.Groups, session.Module);
                    return new TrainingLoop(time, Stage, job.Checkpoints).Run(session, Hooks(task, groups), progress, cancellation).Then<SparseResult>(epochs => new SparseResult(
                        job.Student.With(LossOutputs.Restore(scaled.Fold(session.Trained()), job.Student.Graph)),
                        groups.ToImmutableSortedDictionary(
                            group => group.Id,
                            group => Strengths(task, group, session.Module),
                            StringComparer.Ordinal),
                        [.. epochs]));
                });
            }));
    }

    private static ImmutableArray<TrainingHook> Hooks(SparseTask task, ImmutableArray<GroupSlices> groups)
    {
        if (task.Method == Method.Soft)
        {
            return [new SoftMask(groups)];
        }

        var slices = groups.Select(group => Penalized(task, group)).ToImmutableArray();
        TrainingHook penalty = task.Sparsity.Regularizer == Regularizer.Growing
            ? new GrowingDecay(slices, task.Sparsity.Weight, task.Training, task.Together)
            : new Shrinkage(Rivals(task, groups, slices), task.Together);
        return task.Together ? [penalty] : [penalty, new Fading(groups)];
    }

    private static ImmutableArray<(ImmutableArray<ChannelSlices> Groups, PenaltyWeight Weight)> Rivals(
        SparseTask task, ImmutableArray<GroupSlices> groups, ImmutableArray<ChannelSlices> slices)
    {
        PenaltyWeight Weight(int going) => new(task.Sparsity.Weight, going, task.Training, task.LargestDrop);
        return task.Together
            ? [(slices, Weight(groups.Sum(group => group.Going)))]
            : [.. groups.Zip(slices, (group, own) => (ImmutableArray.Create(own), Weight(group.Going)))];
    }

    private static ChannelSlices Penalized(SparseTask task, GroupSlices group) =>
        task.Method == Method.Slimming && task.Sparsity.Regularizer != Regularizer.ScaleL1 ? group.Everything : group.Scales;

    private static ImmutableArray<double> Strengths(SparseTask task, GroupSlices group, GraphModule module) =>
        [.. (task.Together ? Penalized(task, group) : group.Scales).Lengths(module)];
}
