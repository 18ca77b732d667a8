using System.Collections.Immutable;

namespace ModelSlim.Evaluation.Metrics;

/// <summary>Latencies of models that were timed in turns.</summary>
/// <param name="Models">One latency a model, in the order given.</param>
/// <param name="Runs">Timed runs of each.</param>
/// <param name="OnSamples">True where every run was on another sample, so that the mean counts; false where all were on the same input.</param>
public sealed record LatencyComparison(ImmutableArray<Latency> Models, int Runs, bool OnSamples = false)
{
    /// <summary>How many times faster the second model is than the first, by what counts.</summary>
    public double Speedup => Milliseconds(0) / Math.Max(Milliseconds(1), double.Epsilon);

    /// <summary>The time that counts: the mean where samples take different times, else the median.</summary>
    /// <param name="model">Place of the model.</param>
    public double Milliseconds(int model) => OnSamples ? Models[model].MeanMs : Models[model].MedianMs;
}
