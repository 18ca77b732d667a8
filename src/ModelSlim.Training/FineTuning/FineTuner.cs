using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Modules;

namespace ModelSlim.Training.FineTuning;

/// <summary>
/// Fine-tunes a slim model by distillation from the original, with labels where there are some. Same job, same bytes, given
/// that the process computes in a numerics class.
/// </summary>
/// <param name="compiler">Makes graphs ready to run.</param>
/// <param name="time">The clock, for what is reported, and for how many steps fit into a budget.</param>
public sealed class FineTuner(GraphCompiler compiler, TimeProvider time)
{
    /// <summary>Fine-tunes.</summary>
    /// <returns>
    /// The tuned model; MSLIM6101 where a node cannot be trained through, MSLIM6102 where the loss is no number any more,
    /// MSLIM6103 where a label is no output of the model, MSLIM6104 where no loss can be taken on its outputs.
    /// </returns>
    public Result<TuningResult> Run(TuningJob job, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        try
        {
            return Tune(job, progress, cancellation);
        }
        catch (NodeFailedException failure)
        {
            return DiagnosticCodes.NodeNotTrainable.Says($"{failure.Message}; remove finetune.");
        }
    }

    private Result<TuningResult> Tune(TuningJob job, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        var own = LossOutputs.Of(job.Student.Graph, job.StandIn);
        if (own.Graph.Outputs.IsEmpty)
        {
            return DiagnosticCodes.OutputsNotBatched.Says("no output of the model is of floating-point numbers; remove finetune");
        }

        var original = LossOutputs.Of(job.Teacher.Graph).Graph;
        return job.Spec.Distill is { Features: > 0 }
            ? new FeatureChoice(compiler).Choose(own.Graph, original, job.Train).Then(features => Tune(job, own, original, features, progress, cancellation))
            : Tune(job, own, original, [], progress, cancellation);
    }

    private Result<TuningResult> Tune(
        TuningJob job, LossOutputs own, Graph original, string[] features, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        var loss = new TrainingLoss(job.Spec.Distill, own.Independent, features.Length);
        return compiler.Compile(FeatureChoice.With(original, features)).Then(teacher =>
            new BatchNormOpening(compiler).Run(FeatureChoice.With(own.Graph, features), job.Train, job.Spec.Seed, cancellation).Then(opened =>
                compiler.Compile(opened.Graph).Then(student =>
                {
                    TrainingSession Open(FineTuneSpec spec) => new(student, teacher, loss, spec, job.Train, job.Layout);
                    return Fit(job, Open, cancellation).Then<TuningResult>(spec =>
                    {
                        using var session = Open(spec);
                        using var masks = new WeightMasks(session.Module, StoredTensors.Out(opened.Graph), job.Masked);
                        using var slopes = WeightSlopes.For(job.Growth, session.Module);
                        session.FirstToKeep = job.Growth?.LastOf(session.Length.Total) ?? 0;
                        TrainingHook[] growing = job.Growth is { } growth ? [new GrowingMasks(growth, masks, session.Optimizer, session.Average, slopes, opened.Fold, spec.Seed)] : [];
                        return new TrainingLoop(time, checkpoints: job.Checkpoints).Run(session, job.Masked.IsEmpty ? [] : [.. growing, masks], progress, cancellation).Then<TuningResult>(epochs =>
                        {
                            var kept = session.Choose(epochs.Length);
                            var tuned = LossOutputs.Restore(masks.InUntrained(opened.Fold(session.Trained()), session.Module), job.Student.Graph);
                            return new TuningResult(job.Student.With(tuned), [.. epochs], session.Length.Total, kept);
                        });
                    });
                })));
    }

    private Result<FineTuneSpec> Fit(TuningJob job, Func<FineTuneSpec, TrainingSession> open, CancellationToken cancellation) =>
        job.Spec.Budget is not { } budget ? job.Spec
        : job.Checkpoints?.Latest is { } latest ? job.Spec with { Budget = null, Steps = latest.Total }
        : new StepBudget(time).Plan(job.Spec, budget, open, job.Train.Count, cancellation);
}
