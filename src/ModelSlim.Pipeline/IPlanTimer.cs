using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Pruning;
using ModelSlim.Evaluation.Metrics;

namespace ModelSlim.Pipeline;

/// <summary>Measures how fast a model would be after the cuts of a plan.</summary>
public interface IPlanTimer
{
    /// <summary>Times the model as it was given, and then what a plan makes of it, in turns.</summary>
    Result<LatencyComparison> Time(ModelAnalysis analysis, PruningPlan plan, CancellationToken cancellation);
}
