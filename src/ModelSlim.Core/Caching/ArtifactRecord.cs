using System.Collections.Immutable;
using ModelSlim.Core.Fingerprints;

namespace ModelSlim.Core.Caching;

/// <summary>What a store knows of one artifact.</summary>
/// <param name="Fingerprint">All that decided it.</param>
/// <param name="Outputs">Its files.</param>
public sealed record ArtifactRecord(Fingerprint Fingerprint, ImmutableArray<StoredOutput> Outputs)
{
    /// <summary>Who gave their word for it.</summary>
    public ImmutableArray<RecordSignature> Signatures { get; init; } = [];

    /// <summary>True where a store took it from a remote one, which says nothing of who made it. No part of what is signed or shared.</summary>
    public bool IsTaken { get; init; }

    /// <summary>Bytes of all its files.</summary>
    public long Size => Outputs.Sum(output => output.Digest.Size);
}
