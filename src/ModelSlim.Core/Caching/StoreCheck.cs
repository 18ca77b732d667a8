using System.Collections.Immutable;

namespace ModelSlim.Core.Caching;

/// <summary>What a look at everything in a store showed.</summary>
/// <param name="Records">Sound records.</param>
/// <param name="Contents">Sound contents.</param>
/// <param name="Bytes">Bytes of the sound contents.</param>
/// <param name="Damaged">What is damaged.</param>
public sealed record StoreCheck(int Records, int Contents, long Bytes, ImmutableArray<DamagedEntry> Damaged);
