using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.FineTuning;

/// <summary>
/// Finds out how many steps can be taken in a time, by taking some on a session that is thrown away. That is done once, before the
/// training, so that the learning rate can fall to its end, and so that nothing but this number depends on the clock.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class StepBudget(TimeProvider time)
{
    // The first steps compile kernels.
    private const int WarmUp = 2;
    private const int MostBatches = 16;
    private const double Share = 0.02;

    // A forward pass is about a third of a step.
    private const double JudgingCost = 1.0 / 3;

    /// <summary>A recipe with the steps that fit into its budget.</summary>
    /// <param name="spec">How to train.</param>
    /// <param name="budget">The time.</param>
    /// <param name="open">Opens a session to measure on.</param>
    /// <param name="samples">Number of samples, held out or not.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The recipe; or why a step could not be taken.</returns>
    public Result<FineTuneSpec> Plan(
        FineTuneSpec spec, TimeSpan budget, Func<FineTuneSpec, TrainingSession> open, int samples, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        var endless = spec with { Budget = null, Steps = int.MaxValue };
        using var session = open(endless with { Validation = 0, Ema = null });
        return Measure(session, budget * Share, cancellation).Then<FineTuneSpec>(cost =>
        {
            var split = HoldOut.Of(endless, samples);
            var epoch = new SampleOrder(spec.Seed, split.Train.Length, spec.Batch).Steps;
            var judging = JudgingCost * split.HeldOut.Length / spec.Batch / epoch * (spec.Ema is null ? 1 : 2);
            var left = budget - time.GetElapsedTime(start);
            var first = cost.First * (1 + judging);
            var steps = left < first * epoch ? left / first : epoch + ((left - (first * epoch)) / (cost.Later * (1 + judging)));
            return spec with { Budget = null, Steps = (int)Math.Clamp(steps, 1, int.MaxValue) };
        });
    }

    // The teacher is asked in the first epoch only: its answers are kept.
    private Result<Cost> Measure(TrainingSession session, TimeSpan most, CancellationToken cancellation)
    {
        var batches = session.Order.Of(0).Take(MostBatches + WarmUp).ToArray();
        var warmUp = Math.Min(WarmUp, batches.Length - 1);
        var taken = 0;
        var start = time.GetTimestamp();
        var times = new List<TimeSpan>[] { [], [] };
        foreach (var round in times)
        {
            foreach (var (place, batch) in batches.Index().Take(taken == 0 ? batches.Length : taken))
            {
                cancellation.ThrowIfCancellationRequested();
                var before = time.GetTimestamp();
                var outcome = session.Step.Run(batch, 0, 0);
                if (!outcome.Succeeded)
                {
                    return Result<Cost>.Failed(outcome.Diagnostics);
                }

                round.Add(time.GetElapsedTime(before));
                if (round == times[0] && place >= warmUp && time.GetElapsedTime(start) > most)
                {
                    break;
                }
            }

            taken = round.Count;
        }

        return new Cost(Median(times[0].Skip(warmUp)), Median(times[1]));
    }

    private static TimeSpan Median(IEnumerable<TimeSpan> times) => times.Order().ToArray() is var ordered ? ordered[ordered.Length / 2] : default;

    private sealed record Cost(TimeSpan First, TimeSpan Later);
}
