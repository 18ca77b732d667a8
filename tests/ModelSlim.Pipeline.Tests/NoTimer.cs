using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Pruning;
using ModelSlim.Evaluation.Metrics;

namespace ModelSlim.Pipeline.Tests;

/// <summary>For plans in which no time is asked for.</summary>
internal sealed class NoTimer : IPlanTimer
{
    public Result<LatencyComparison> Time(ModelAnalysis analysis, PruningPlan plan, CancellationToken cancellation) =>
        throw new InvalidOperationException("nobody asked for a time");
}
