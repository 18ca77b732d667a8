namespace ModelSlim.Core.Reports;

/// <summary>What was checked on the slim model.</summary>
public sealed record VerificationReport
{
    /// <summary>
    /// Largest difference, relative to the largest output, between the slim model right after cutting and the original with
    /// the same channels masked; null where a cut is approximate.
    /// </summary>
    public double? MaxError { get; init; }

    /// <summary>Fraction of samples on which the largest output is the original's; null without data.</summary>
    public double? Agreement { get; init; }

    /// <summary>Name of the metric, where one was measured.</summary>
    public string? MetricName { get; init; }

    /// <summary>What the metric was measured on.</summary>
    public SampleOrigin? Samples { get; init; }

    /// <summary>Drop of the metric against the original, as a fraction.</summary>
    public double? Drop { get; init; }

    /// <summary>Latency of the original divided by the slim model's, where measured.</summary>
    public double? Speedup { get; init; }

    /// <summary>True where every check and gate held.</summary>
    public required bool Passed { get; init; }
}
