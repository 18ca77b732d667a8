using System.Collections.Immutable;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Fingerprints;

namespace ModelSlim.Core.Locking;

/// <summary>The one result of a model that a lock file accepts.</summary>
/// <param name="Fingerprint">All that decides it.</param>
/// <param name="Files">The files of the slim model, by their names in the store, in ordinal order.</param>
/// <param name="KeptOriginal">True where a gate was missed and the recipe ships the original then.</param>
public sealed record LockedResult(Fingerprint Fingerprint, ImmutableArray<StoredOutput> Files, bool KeptOriginal)
{
    /// <summary>True where these files are the slim model that is locked: the same names, sizes and contents.</summary>
    public bool Names(IEnumerable<StoredOutput> files) => Files.SequenceEqual(files.OrderBy(file => file.Name, StringComparer.Ordinal));
}
