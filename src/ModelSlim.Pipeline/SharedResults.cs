using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Locking;

namespace ModelSlim.Pipeline;

/// <summary>Asks the remote cache, where there is one, for what the store does not have, and gives it what was made.</summary>
/// <param name="remote">The remote cache; null where there is none.</param>
/// <param name="store">The store in front of it.</param>
/// <param name="wanted">Where to look, and what to accept.</param>
public sealed class SharedResults(RemoteCache? remote, ArtifactStore store, LockedKeys wanted)
{
    // It is read into memory.
    private const long LargestReport = 64 << 20;

    /// <summary>Why a result of a remote cache is not taken, by its record; null where it is.</summary>
    /// <param name="record">The record.</param>
    /// <param name="locked">The one result that is accepted; null where any is.</param>
    public static string? Refusal(ArtifactRecord record, LockedResult? locked)
    {
        var files = record.Outputs.ToLookup(output => output.Name == ArtifactSource.ReportName);
        return (files[true].ToArray(), files[false].Any(output => output.Name == ModelContent.ModelName), locked?.Names(files[false])) switch
        {
            (not [{ Digest.Size: <= LargestReport }], _, _) or (_, false, _) => "is no slim model with its report",
            (_, _, false) => "is not what the lock file names",
            _ => null,
        };
    }

    /// <summary>Copies the result into the store.</summary>
    /// <param name="replace">False where a result that the store has by now is to stay.</param>
    /// <param name="said">What is said.</param>
    /// <param name="progress">Is told when there is something to copy.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>True where it is there now.</returns>
    public async Task<bool> FetchAsync(bool replace, List<Diagnostic> said, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        if (remote is null || !store.IsWritable)
        {
            return false;
        }

        foreach (var key in wanted.Keys.Others.Prepend(wanted.Keys.Own))
        {
            var answer = await remote.FetchAsync(store, key.Key, record => Refusal(record, wanted.Locked), wanted.Locked is not null, replace, progress, cancellation).ConfigureAwait(false);
            said.AddRange(answer.Diagnostics);
            if (answer.Succeeded)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Copies the result from the store to the remote cache.</summary>
    /// <param name="stored">The result; null where it could not be stored.</param>
    /// <param name="replace">False where a result that is there is to stay.</param>
    /// <param name="said">What is said.</param>
    /// <param name="progress">Is told that it begins.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task UploadAsync(
        StoredArtifact? stored, bool replace, List<Diagnostic> said, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        if (stored is not null && remote is not null)
        {
            said.AddRange((await remote.UploadAsync(store, stored, replace, progress, cancellation).ConfigureAwait(false)).Diagnostics);
        }
    }
}
