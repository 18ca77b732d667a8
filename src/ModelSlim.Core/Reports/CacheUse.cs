namespace ModelSlim.Core.Reports;

/// <summary>Where a result came from.</summary>
public enum CacheUse
{
    /// <summary>No store was used.</summary>
    Off,

    /// <summary>It was in the store.</summary>
    Hit,

    /// <summary>It was made, and put into the store.</summary>
    Miss,
}
