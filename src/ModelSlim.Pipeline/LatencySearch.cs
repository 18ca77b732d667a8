using System.Globalization;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Metrics;

namespace ModelSlim.Pipeline;

/// <summary>
/// Finds the plan that takes the least away and is fast enough: halves, again and again, the range of MACs between a plan that is
/// too slow and one that is not, and measures what lies between.
/// </summary>
/// <param name="timer">Measures plans.</param>
public sealed class LatencySearch(IPlanTimer timer)
{
    private const int MostPlans = 9;

    // Part of the limit that a measurement may reach, so that the next measurement holds too.
    private const double Margin = 0.97;

    /// <summary>Searches.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="target">The target, with a latency.</param>
    /// <param name="plan">Makes a plan that reaches a target, latency aside.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>
    /// The plan; MSLIM5001 with what was measured where no plan is fast enough; what <paramref name="plan"/> gives where the other
    /// targets cannot be met.
    /// </returns>
    public Result<PruningPlan> Run(
        ModelAnalysis analysis, TargetSpec target, Func<TargetSpec, Result<PruningPlan>> plan, CancellationToken cancellation)
    {
        var (tooFew, tooMany) = (0.0, target.Macs ?? 1.0);
        (PruningPlan Plan, LatencyComparison Times)? found = null, fastest = null;
        var macs = tooMany;
        for (var tried = 0; tried < MostPlans; tried++)
        {
            var candidate = plan(target with { Macs = macs });
            if (!candidate.Succeeded && tried == 0)
            {
                return candidate;
            }

            if (!candidate.Succeeded)
            {
                tooFew = macs;
            }
            else if (timer.Time(analysis, candidate.Value, cancellation) is { } timed)
            {
                if (!timed.Succeeded)
                {
                    return Result<PruningPlan>.Failed(timed.Diagnostics);
                }

                var (before, after) = (timed.Value.Models[0].MedianMs, timed.Value.Models[1].MedianMs);
                if (fastest is null || timed.Value.Speedup > fastest.Value.Times.Speedup)
                {
                    fastest = (candidate.Value, timed.Value);
                }

                if (after <= Margin * target.Latency!.Of(before))
                {
                    (found, tooFew) = ((candidate.Value, timed.Value), macs);
                }
                else
                {
                    tooMany = macs;
                }

                if (tried == 0 && target.Latency.ShareOf(before) is var wish && wish < tooMany)
                {
                    macs = wish;
                    continue;
                }
            }

            if (tooFew >= tooMany)
            {
                break;
            }

            macs = (tooFew + tooMany) / 2;
        }

        return found?.Plan ?? Refuse(analysis, target, fastest!.Value);
    }

    private static Result<PruningPlan> Refuse(ModelAnalysis analysis, TargetSpec target, (PruningPlan Plan, LatencyComparison Times) fastest)
    {
        var (before, after) = (fastest.Times.Models[0].MedianMs, fastest.Times.Models[1].MedianMs);
        return DiagnosticCodes.TargetUnreachable.At(target.Location, string.Create(
            CultureInfo.InvariantCulture,
            $"latency={target.Latency!.Text("ms")} cannot be met: the fastest plan that was measured takes {after:0.000} ms where the original takes {before:0.000} ms ({100 * after / before:0.0}%), with {100.0 * fastest.Plan.After.Macs / Math.Max(1, analysis.Given.Macs):0.0}% of its MACs"));
    }
}
