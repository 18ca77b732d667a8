namespace ModelSlim.Evaluation.Metrics;

/// <summary>How long one sample takes.</summary>
/// <param name="MeanMs">Mean over the runs, in milliseconds.</param>
/// <param name="MedianMs">Median over the runs, in milliseconds.</param>
/// <param name="P95Ms">95th percentile, in milliseconds.</param>
public sealed record Latency(double MeanMs, double MedianMs, double P95Ms)
{
    /// <summary>Summarises runs.</summary>
    /// <param name="times">Milliseconds of each run, at least one.</param>
    public static Latency Of(IEnumerable<double> times)
    {
        double[] sorted = [.. times.Order()];
        return new Latency(sorted.Average(), sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.95)]);
    }
}
