using ModelSlim.Core.Costs;

namespace ModelSlim.Core.Reports;

/// <summary>Cost of a model, and what was measured on it.</summary>
public sealed record MeasuredCost
{
    /// <summary>Parameters.</summary>
    public required long Params { get; init; }

    /// <summary>Multiply-accumulates of one forward pass at batch 1.</summary>
    public required long Macs { get; init; }

    /// <summary>What <see cref="Macs"/> are counted on; null where every sample takes as many.</summary>
    public MacsBasis? MacsBasis { get; init; }

    /// <summary>Size of the file.</summary>
    public required long Bytes { get; init; }

    /// <summary>Median latency at batch 1 in milliseconds, where measured.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>The metric of <c>accept</c>, where measured.</summary>
    public double? Metric { get; init; }
}
