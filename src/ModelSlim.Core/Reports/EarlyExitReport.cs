namespace ModelSlim.Core.Reports;

/// <summary>The early exit of a model, or why it has none.</summary>
public sealed record EarlyExitReport
{
    /// <summary>Name of the value behind which samples leave; null where no exit pays.</summary>
    public string? Place { get; init; }

    /// <summary>Share of the original's multiply-accumulates that lie before it.</summary>
    public double? MacsBefore { get; init; }

    /// <summary>Samples leave where the head's largest probability is above this.</summary>
    public double? Threshold { get; init; }

    /// <summary>Numbers that the head stores.</summary>
    public long? HeadParams { get; init; }

    /// <summary>Number of samples that the threshold was chosen on; the head has not seen them.</summary>
    public required int HeldBack { get; init; }

    /// <summary>Largest drop that was allowed, as a fraction.</summary>
    public required double AllowedDrop { get; init; }

    /// <summary>Drop on the samples held back, as a fraction.</summary>
    public double? ExpectedDrop { get; init; }

    /// <summary>What the drop on other samples of the kind stays below with a confidence of 95%.</summary>
    public double? DropBound { get; init; }

    /// <summary>Share of the samples held back that leave early.</summary>
    public double? ExpectedRate { get; init; }

    /// <summary>Share of the samples that the result was measured on that leave early.</summary>
    public double? MeasuredRate { get; init; }

    /// <summary>Times on samples held back.</summary>
    public ExitLatency? Expected { get; init; }

    /// <summary>Times on the samples that the result was measured on.</summary>
    public ExitLatency? Measured { get; init; }

    /// <summary>Why there is no exit, with what was measured; null where there is one.</summary>
    public string? Refusal { get; init; }

    /// <summary>True where the model meets its latency without an exit, thanks to other methods.</summary>
    public bool IsFastWithout { get; init; }
}
