using System.Collections.Immutable;

namespace ModelSlim.Core.Caching;

/// <summary>What a look at everything in a store showed.</summary>
/// <param name="Records">Sound records.</param>
/// <param name="Contents">Their contents, one that several have counted once.</param>
/// <param name="Bytes">Bytes of these.</param>
/// <param name="Damaged">What is damaged.</param>
public sealed record StoreCheck(int Records, int Contents, long Bytes, ImmutableArray<DamagedEntry> Damaged)
{
    /// <summary>Sound contents that no sound record has; the next collection removes them.</summary>
    public int Loose { get; init; }

    /// <summary>Bytes of these.</summary>
    public long LooseBytes { get; init; }
}
