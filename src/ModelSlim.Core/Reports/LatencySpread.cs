namespace ModelSlim.Core.Reports;

/// <summary>How long samples take, one at a time.</summary>
/// <param name="MeanMs">Mean, in milliseconds.</param>
/// <param name="P50Ms">Median, in milliseconds.</param>
/// <param name="P95Ms">95th percentile, in milliseconds.</param>
public sealed record LatencySpread(double MeanMs, double P50Ms, double P95Ms);
