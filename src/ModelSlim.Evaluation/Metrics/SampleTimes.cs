using System.Collections.Immutable;

namespace ModelSlim.Evaluation.Metrics;

/// <summary>Times of models that were run in turns on samples.</summary>
/// <param name="Models">For each model the milliseconds of each run; at least one.</param>
public sealed record SampleTimes(ImmutableArray<ImmutableArray<double>> Models)
{
    /// <summary>What they come to.</summary>
    public LatencyComparison Summary => new([.. Models.Select(runs => Latency.Of(runs))], Models[0].Length, OnSamples: true);

    /// <summary>The mean of a model that has two ways, without what else the machine did: the median of each way, by its share of the runs.</summary>
    /// <param name="model">Place of the model.</param>
    /// <param name="way">Which way a run takes.</param>
    public double MeanOfWays(int model, Func<int, bool> way) => Models[model]
        .Select((time, run) => (time, way: way(run)))
        .GroupBy(run => run.way)
        .Sum(runs => runs.Count() * Latency.Of(runs.Select(run => run.time)).MedianMs) / Models[model].Length;
}
