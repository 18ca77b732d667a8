using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Training.Modules;

namespace ModelSlim.Training.FineTuning;

/// <summary>
/// Fine-tunes a slim model by distillation from the original, with labels where there are some. Same job, same bytes, given
/// that the process computes in a numerics class.
/// </summary>
/// <param name="compiler">Makes graphs ready to run.</param>
/// <param name="time">The clock, for what is reported alone.</param>
public sealed class FineTuner(GraphCompiler compiler, TimeProvider time)
{
    private const int MomentSamples = 2048;

    private readonly BatchNormReinsertion reinsertion = new();

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
        var places = reinsertion.Find(job.Student.Graph);
        var own = LossOutputs.Of(job.Student.Graph);
        if (own.Graph.Outputs.IsEmpty)
        {
            return DiagnosticCodes.OutputsNotBatched.Says("no output of the model is of floating-point numbers; remove finetune");
        }

        return compiler.Compile(own.Graph).Then(student => compiler.Compile(LossOutputs.Of(job.Teacher.Graph).Graph).Then(teacher =>
        {
            var graph = places.IsEmpty ? own.Graph : Reinsert(job, student, places, cancellation);
            return compiler.Compile(graph).Then(program =>
                Train(job, program, teacher, new TrainingLoss(job.Spec.Distill, own.Independent), places, progress, cancellation));
        }));
    }

    private Graph Reinsert(TuningJob job, GraphProgram student, ImmutableArray<FoldedBatchNorm> places, CancellationToken cancellation)
    {
        using var module = BatchedModule.Open(student, job.Train);
        var chosen = new SplitMix(job.Spec.Seed, "moments").Permutation(job.Train.Count).Take(MomentSamples).ToArray();
        var outputs = places.Select(place => place.Output).ToHashSet(StringComparer.Ordinal);
        return reinsertion.Insert(
            student.Graph, places, new ChannelMoments().Gather(module, outputs, job.Train, chosen, cancellation));
    }

    private Result<TuningResult> Train(
        TuningJob job,
        GraphProgram program,
        GraphProgram original,
        TrainingLoss loss,
        ImmutableArray<FoldedBatchNorm> places,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        using var student = BatchedModule.Open(program, job.Train);
        using var teacher = BatchedModule.Open(original, job.Train);
        using var optimizer = Optimizer.Of(job.Spec.Optimizer, student.Module.Parameters.Values);
        var order = new SampleOrder(job.Spec.Seed, job.Train.Count, job.Spec.Batch);
        var rates = new LearningRate(job.Spec, job.Spec.Epochs * order.Steps);
        var step = new TrainingStep(student, new TeacherOutputs(teacher, job.Train.Count), optimizer, loss, job.Train);
        var epochs = ImmutableArray.CreateBuilder<EpochSummary>();
        var report = new TuningProgress(progress, time, job.Spec.Epochs, order.Steps);
        for (var epoch = 0; epoch < job.Spec.Epochs; epoch++)
        {
            foreach (var (place, samples) in order.Of(epoch).Index())
            {
                cancellation.ThrowIfCancellationRequested();
                var outcome = step.Run(samples, rates.At((epoch * order.Steps) + place));
                if (!outcome.Succeeded)
                {
                    return Result<TuningResult>.Failed(outcome.Diagnostics);
                }

                report.Add(epoch, place, outcome.Value);
            }

            epochs.Add(report.Finish(epoch));
        }

        var tuned = LossOutputs.Restore(student.Module.ToGraph(), job.Student.Graph);
        return new TuningResult(
            job.Student.With(places.IsEmpty ? tuned : reinsertion.Fold(job.Student.Graph, tuned, places)), epochs.ToImmutable());
    }
}
