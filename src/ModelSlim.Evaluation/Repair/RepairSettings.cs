namespace ModelSlim.Evaluation.Repair;

/// <summary>How to repair.</summary>
public sealed record RepairSettings
{
    /// <summary>Most calibration samples to use; large pictures may allow fewer.</summary>
    public int Samples { get; init; } = 512;

    /// <summary>Seed of the choice of samples and places.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Number of threads. Does not change the result.</summary>
    public int Threads { get; init; } = 2;
}
