namespace ModelSlim.Evaluation.Metrics;

/// <summary>How long one sample takes.</summary>
/// <param name="MedianMs">Median over the runs, in milliseconds.</param>
/// <param name="P95Ms">95th percentile, in milliseconds.</param>
public sealed record Latency(double MedianMs, double P95Ms);
