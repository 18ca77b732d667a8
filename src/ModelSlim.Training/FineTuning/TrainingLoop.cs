using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>Epochs and their steps, in order, until they are over or held-out samples say that it is enough.</summary>
/// <param name="time">The clock, for what is reported alone.</param>
/// <param name="stage">Name of the stage in progress.</param>
internal sealed class TrainingLoop(TimeProvider time, string stage = "fine-tune")
{
    /// <summary>Trains.</summary>
    /// <param name="session">What to train; its parameters change.</param>
    /// <param name="hooks">Called after each step and each epoch, in order.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Ends it between two steps.</param>
    /// <returns>One summary an epoch; or why a step could not be taken.</returns>
    public Result<EpochSummary[]> Run(
        TrainingSession session, ImmutableArray<TrainingHook> hooks, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        var (total, perEpoch) = session.Length;
        var rates = new LearningRate(session.Spec, total);
        var report = new TuningProgress(progress, time, stage, session.Length);
        var epochs = new List<EpochSummary>();
        for (var epoch = 0; epoch < session.Length.Epochs; epoch++)
        {
            var moment = default(TrainingMoment);
            foreach (var (place, samples) in session.Order.Of(epoch).Take(total - (epoch * perEpoch)).Index())
            {
                cancellation.ThrowIfCancellationRequested();
                var done = (epoch * perEpoch) + place + 1;
                moment = new TrainingMoment(epoch, place, done, total, rates.At(done - 1));
                var outcome = session.Step.Run(samples, moment.Rate);
                if (!outcome.Succeeded)
                {
                    return Result<EpochSummary[]>.Failed(outcome.Diagnostics);
                }

                moment = moment with { Outcome = outcome.Value };
                Call(hooks, hook => hook.AfterStep(session.Module, moment));
                session.Average?.AfterStep(session.Module, moment);
                report.Add(epoch, place, outcome.Value);
            }

            Call(hooks, hook => hook.AfterEpoch(session.Module, moment));
            epochs.Add(report.Finish(epoch, session.Selection?.Judge(epoch + 1, cancellation)));
            if (session.Selection is { IsOver: true })
            {
                break;
            }
        }

        return epochs.ToArray();
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
