using System.Collections.Immutable;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Core.Locking;

namespace ModelSlim.Pipeline;

/// <summary>Holds results against a lock file, and writes them into one.</summary>
public sealed class ResultLock(LockFileStore files)
{
    private const int ShownParts = 8;

    /// <summary>Where a request accepts only the result that a lock file names: that result, if all that decides it is still the same.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="keys">Keys of what it would lead to now.</param>
    /// <returns>
    /// The keys to look for and the result to accept. MSLIM3002 where the lock file does not name the model, MSLIM3003 with the parts
    /// that changed where it names a result of something else.
    /// </returns>
    public Result<LockedKeys> Accepted(SlimRequest request, ArtifactKeys keys)
    {
        if (request is not { LockPath: { } path, Locked: true })
        {
            return new LockedKeys(keys, null);
        }

        var (name, place) = (LockFile.NameOf(path, request.ModelPath), new SourceSpan(path));
        return files.Read(path).Then<LockedKeys>(file =>
        {
            if (!file.Results.TryGetValue(name, out var locked))
            {
                return DiagnosticCodes.LockEntryMissing.At(
                    place, $"only locked results are accepted, and '{name}' is not in the lock file; run modelslim lock, or build with ModelSlimWriteLockFile=true");
            }

            if (keys.Others.Prepend(keys.Own).FirstOrDefault(key => key.Key == locked.Fingerprint.Key) is { } wanted)
            {
                return new LockedKeys(keys with { Own = wanted, Others = [] }, locked) { CanMake = wanted == keys.Own };
            }

            return DiagnosticCodes.LockOutdated.At(
                place, $"'{name}' was locked with {Changes(keys.Others.Prepend(keys.Own).Select(key => key.ChangesSince(locked.Fingerprint)).MinBy(changes => changes.Length))}; if that is meant, run modelslim lock");
        });
    }

    /// <summary>Null where the files of a result are those that are locked, or nothing is; else MSLIM3004.</summary>
    public Diagnostic? Misfit(SlimRequest request, LockedResult? locked, MadeArtifact artifact)
    {
        if (locked is null)
        {
            return null;
        }

        var made = artifact.Model.Files();
        return locked.Names(made)
            ? null
            : Differs(request, $"the lock file expects {Said(locked.Files)}, but the result is {Said(made)}, though all that decides it is the same");
    }

    /// <summary>Null where what is shipped is what was shipped when the result was locked, the slim model or the original; else MSLIM3004.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="locked">The result to accept; null where nothing is locked.</param>
    /// <param name="missed">The gates that are missed.</param>
    public Diagnostic? Misfit(SlimRequest request, LockedResult? locked, IReadOnlyList<Diagnostic> missed) => (locked?.KeptOriginal, missed.Count) switch
    {
        (false, > 0) => Differs(request, $"the lock file expects the slim model, but the original would be shipped: {missed[0].Message}"),
        (true, 0) => Differs(request, "the lock file expects the original, since a gate was missed, but now all gates hold"),
        _ => null,
    };

    /// <summary>Writes a result into the lock file of a request, where it has one to write.</summary>
    /// <returns>What the lock file is then; MSLIM3001 or MSLIM3005 where the lock file cannot be read or written.</returns>
    public Result<LockFile> Record(SlimRequest request, MadeArtifact artifact, bool keptOriginal, CancellationToken cancellation)
    {
        if (request is not { LockPath: { } path, Locked: false } || artifact.Key is not { } key)
        {
            return LockFile.Empty;
        }

        var result = new LockedResult(key, artifact.Model.Files(), keptOriginal);
        return files.Update(path, file => file.With(LockFile.NameOf(path, request.ModelPath), result), cancellation);
    }

    private static Diagnostic Differs(SlimRequest request, string why) =>
        DiagnosticCodes.LockedResultDiffers.At(new SourceSpan(request.LockPath!), $"'{LockFile.NameOf(request.LockPath!, request.ModelPath)}': {why}");

    private static string Said(IEnumerable<StoredOutput> files) =>
        string.Join(" and ", files.Select(file => $"{file.Digest.Sha256[..12]} ({file.Digest.Size} bytes)"));

    private static string Changes(ImmutableArray<FingerprintChange> changes)
    {
        var shown = changes.Take(ShownParts).Select(change => (change.Before, change.After) switch
        {
            (null, { } now) => $"no {change.Name}, and now it is {now}",
            ({ } once, null) => $"{change.Name} {once}, which is gone",
            var (once, now) => $"{change.Name} {once}, and now it is {now}",
        });
        return string.Join("; ", shown) + (changes.Length > ShownParts ? $"; and {changes.Length - ShownParts} more" : string.Empty);
    }
}
