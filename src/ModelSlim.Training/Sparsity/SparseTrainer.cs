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
        var own = LossOutputs.Of(job.Student.Graph);
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
                    using var session = new TrainingSession(student, teacher, loss, task.Training, samples);
                    var groups = GroupSlices.Of(scaled, task.Groups, session.Module);
                    return new TrainingLoop(time, Stage).Run(session, [Hook(task, groups)], progress, cancellation).Then<SparseResult>(epochs => new SparseResult(
                        job.Student.With(LossOutputs.Restore(scaled.Fold(session.Trained()), job.Student.Graph)),
                        groups.ToImmutableSortedDictionary(
                            group => group.Id,
                            group => Strengths(task, group, session.Module),
                            StringComparer.Ordinal),
                        [.. epochs]));
                });
            }));
    }

    private static TrainingHook Hook(SparseTask task, ImmutableArray<GroupSlices> groups)
    {
        var share = (double)task.Groups.Sum(fading => fading.Going) / Math.Max(1, task.Groups.Sum(fading => fading.Group.Channels));
        PenaltyWeight Weight() => new(task.Sparsity.Weight, share, task.Training, task.LargestDrop);
        return (task.Method, task.Sparsity.Regularizer) switch
        {
            (Method.Soft, _) => new SoftMask(groups),
            (_, Regularizer.GroupLasso) => new Shrinkage([.. groups.Select(group => group.Everything)], Weight()),
            (_, Regularizer.Growing) => new GrowingDecay([.. groups.Select(group => group.Everything)], task.Sparsity.Weight, task.Training),
            _ => new Shrinkage([.. groups.Select(group => group.Scales)], Weight()),
        };
    }

    private static ImmutableArray<double> Strengths(SparseTask task, GroupSlices group, GraphModule module) =>
        [.. (task.Method == Method.Slimming && task.Sparsity.Regularizer != Regularizer.ScaleL1 ? group.Everything : group.Scales).Lengths(module)];
}
