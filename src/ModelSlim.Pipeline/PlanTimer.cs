using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Evaluation.Metrics;

namespace ModelSlim.Pipeline;

/// <summary>Makes the cuts of a plan and times the result in ONNX Runtime on this machine.</summary>
/// <param name="meter">Times.</param>
/// <param name="catalog">What is known about operators.</param>
public sealed class PlanTimer(LatencyMeter meter, OperatorCatalog catalog) : IPlanTimer
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public Result<LatencyComparison> Time(ModelAnalysis analysis, PruningPlan plan, CancellationToken cancellation) =>
        new PlanExpansion().Expand(plan.Cuts, analysis.Dependencies, analysis.Trace).Then(cuts => meter.Measure(
            [analysis.GivenModel, analysis.Model.With(new CutApplier(catalog).Apply(analysis.Index, analysis.Trace, cuts))],
            analysis.Trace,
            Budget,
            cancellation));
}
