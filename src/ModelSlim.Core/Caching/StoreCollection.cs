using System.Collections.Immutable;

namespace ModelSlim.Core.Caching;

/// <summary>What was removed from a store, and what was left.</summary>
public sealed record StoreCollection
{
    /// <summary>Keys of the removed results, the one that was used longest ago first.</summary>
    public ImmutableArray<string> Removed { get; init; } = [];

    /// <summary>Bytes that were deleted, those of damaged files and of contents without a record included.</summary>
    public long Bytes { get; init; }

    /// <summary>Results that are left.</summary>
    public int Kept { get; init; }

    /// <summary>Bytes that are left.</summary>
    public long BytesKept { get; init; }

    /// <summary>Results that would have gone, if nobody had them in use.</summary>
    public int InUse { get; init; }

    /// <summary>True where nothing was done, because others wrote or removed all the time.</summary>
    public bool WasBusy { get; init; }
}
