namespace ModelSlim.Core.Reports;

/// <summary>Where the samples come from that something was measured on.</summary>
public enum SampleOrigin
{
    /// <summary>The recipe's evaluation samples.</summary>
    Eval,

    /// <summary>The samples that the repair was fitted on, so that figures flatter.</summary>
    Calibration,

    /// <summary>Pictures of nothing, since no samples were given: figures say little.</summary>
    Noise,
}
