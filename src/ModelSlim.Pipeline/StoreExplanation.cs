using System.Collections.Immutable;
using ModelSlim.Core.Fingerprints;

namespace ModelSlim.Pipeline;

/// <summary>Why the store has a result, or not.</summary>
/// <param name="Key">The key of what was asked for; where there is a result, the one it is under.</param>
/// <param name="IsHit">True where the store has the result, whole and sound.</param>
/// <param name="Nearest">The stored result that differs least; null where there is none.</param>
/// <param name="Changes">What decides the result and is another in <paramref name="Nearest"/>.</param>
public sealed record StoreExplanation(Fingerprint Key, bool IsHit, Fingerprint? Nearest, ImmutableArray<FingerprintChange> Changes);
