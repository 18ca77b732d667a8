using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Training.Checkpoints;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>Epochs and their steps, in order, until they are over or held-out samples say that it is enough.</summary>
/// <param name="time">The clock, for what is reported alone.</param>
/// <param name="stage">Name of the stage in progress.</param>
/// <param name="checkpoints">Where it keeps how far it is, and goes on; null where it need not.</param>
internal sealed class TrainingLoop(TimeProvider time, string stage = "fine-tune", CheckpointFolder? checkpoints = null)
{
    /// <summary>Trains.</summary>
    /// <param name="session">What to train; its parameters change.</param>
    /// <param name="hooks">Called after each step and each epoch, in order.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Ends it between two steps, after it kept how far it is.</param>
    /// <returns>One summary an epoch; or why a step could not be taken.</returns>
    public Result<EpochSummary[]> Run(
        TrainingSession session, ImmutableArray<TrainingHook> hooks, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        var (total, perEpoch) = session.Length;
        var rates = new LearningRate(session.Spec, total);
        var report = new TuningProgress(progress, time, stage, session.Length);
        var epochs = new List<EpochSummary>();
        var done = Resume(session, hooks, report, epochs);
        while (epochs.Count < session.Length.Epochs && session.Selection is not { IsOver: true })
        {
            var moment = default(TrainingMoment);
            var epoch = epochs.Count;
            var left = session.Order.Of(epoch).Take(total - (epoch * perEpoch)).ToArray();
            foreach (var (place, samples) in left.Index().Skip(done - (epoch * perEpoch)))
            {
                if (cancellation.IsCancellationRequested)
                {
                    Save(session, hooks, report, epochs, done);
                    cancellation.ThrowIfCancellationRequested();
                }

                moment = new TrainingMoment(epoch, place, ++done, total, rates.At(done - 1));
                var outcome = session.Step.Run(samples, moment.Rate, epoch, () => Call(hooks, hook => hook.BeforeStep(session.Module)));
                if (!outcome.Succeeded)
                {
                    return Result<EpochSummary[]>.Failed(outcome.Diagnostics);
                }

                moment = moment with { Outcome = outcome.Value };
                Call(hooks, hook => hook.AfterStep(session.Module, moment));
                session.Average?.AfterStep(session.Module, moment);
                report.Add(epoch, place, outcome.Value);
                if (checkpoints is { IsDue: true } && place + 1 < left.Length)
                {
                    Save(session, hooks, report, epochs, done);
                }
            }

            Call(hooks, hook => hook.AfterEpoch(session.Module, moment));
            epochs.Add(report.Finish(epoch, done < session.FirstToKeep ? null : session.Selection?.Judge(epoch + 1, cancellation)));
            if (checkpoints is { IsDue: true } || done == total)
            {
                Save(session, hooks, report, epochs, done);
            }
        }

        return Result<EpochSummary[]>.With([.. epochs], checkpoints?.Trouble is { } trouble ? [trouble] : []);
    }

    // Steps that were taken before.
    private int Resume(TrainingSession session, ImmutableArray<TrainingHook> hooks, TuningProgress report, List<EpochSummary> epochs)
    {
        if (checkpoints?.Latest is not { } latest)
        {
            return 0;
        }

        session.Load(checkpoints, latest, reader =>
        {
            Array.ForEach([.. hooks], hook => hook.Load(reader));
            report.Load(reader, latest.Done);
            epochs.AddRange(reader.Read<EpochSummary[]>());
        });
        return latest.Done;
    }

    private void Save(
        TrainingSession session, ImmutableArray<TrainingHook> hooks, TuningProgress report, List<EpochSummary> epochs, int done)
    {
        if (checkpoints is not null)
        {
            session.Save(checkpoints, done, writer =>
            {
                Array.ForEach([.. hooks], hook => hook.Save(writer));
                report.Save(writer);
                writer.Write(epochs);
            });
        }
    }

    private static void Call(ImmutableArray<TrainingHook> hooks, Action<TrainingHook> action)
    {
        if (hooks.IsEmpty)
        {
            return;
        }

        using var scope = NewDisposeScope();
        using var still = no_grad();
        foreach (var hook in hooks)
        {
            action(hook);
        }
    }
}
