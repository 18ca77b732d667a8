using System.Collections.Immutable;

namespace ModelSlim.Evaluation.Metrics;

/// <summary>Latencies of models that were timed in turns.</summary>
/// <param name="Models">One latency a model, in the order given.</param>
/// <param name="Runs">Timed runs of each.</param>
public sealed record LatencyComparison(ImmutableArray<Latency> Models, int Runs)
{
    /// <summary>How many times faster the second model is than the first, by medians.</summary>
    public double Speedup => Models[0].MedianMs / Math.Max(Models[1].MedianMs, double.Epsilon);
}
