using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Files;
using ModelSlim.Core.Fingerprints;

namespace ModelSlim.Core.Caching;

/// <summary>What goes into a store: contents first, then the record that names them.</summary>
/// <param name="layout">Where things are.</param>
/// <param name="blobs">The contents.</param>
/// <param name="records">The records.</param>
/// <param name="uses">Notes what was used.</param>
/// <param name="enter">Keeps whoever removes contents away.</param>
/// <param name="find">Looks an artifact up.</param>
internal sealed class StoreIntake(
    StoreLayout layout, BlobStore blobs, RecordStore records, RecentUse uses, Func<KeyLock> enter, Func<string, CancellationToken, StoreAnswer> find)
{
    /// <summary>Puts an artifact in that was made here.</summary>
    /// <param name="fingerprint">All that decided it.</param>
    /// <param name="outputs">Its files.</param>
    /// <param name="replace">False where one that is there stays, and is the answer.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The artifact in the store; null where it could not be put there.</returns>
    public StoreAnswer Put(
        Fingerprint fingerprint, IReadOnlyList<NewOutput> outputs, bool replace, CancellationToken cancellationToken)
    {
        try
        {
            using var entered = enter();
            var stored = outputs.Select(output => new StoredOutput(output.Name, blobs.Add(output.Write))).ToImmutableArray();
            cancellationToken.ThrowIfCancellationRequested();
            var winner = replace ? new StoreAnswer(null, []) : find(fingerprint.Key, cancellationToken);
            if (winner.Artifact is not null)
            {
                return winner;
            }

            var record = new ArtifactRecord(fingerprint, stored);
            records.Publish(record);
            uses.Note(fingerprint.Key);
            return new StoreAnswer(new StoredArtifact(record, blobs, RecordStore.Open(layout.Record(fingerprint.Key))), winner.Diagnostics);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new StoreAnswer(null, [DiagnosticCodes.StoreWriteFailed.Says(
                $"The result is used, but could not be stored in '{layout.Root}' ({e.Message.TrimEnd('.')}).")]);
        }
    }

    /// <summary>Puts an artifact in that comes from elsewhere, if all its contents are what its record says.</summary>
    /// <param name="record">What it is; nothing of it is believed.</param>
    /// <param name="read">Copies a content to an empty stream that can seek; false where there is none.</param>
    /// <param name="replace">False where one that is here by now is to stay.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public async Task<BlobState> ReceiveAsync(
        ArtifactRecord record, Func<ContentDigest, Stream, Task<bool>> read, bool replace, CancellationToken cancellationToken)
    {
        if (record.Size > FreeSpace.Of(layout.Root))
        {
            throw new IOException($"there is no room for {record.Size} bytes");
        }

        using var entered = enter();
        foreach (var content in record.Outputs.Select(output => output.Digest).Distinct())
        {
            var state = blobs.Check(content, cancellationToken);
            if (state != BlobState.Good)
            {
                state = await blobs.ReceiveAsync(content, target => read(content, target), cancellationToken).ConfigureAwait(false);
            }

            if (state != BlobState.Good)
            {
                return state;
            }
        }

        using var winner = replace ? null : find(record.Fingerprint.Key, cancellationToken).Artifact;
        if (winner is null)
        {
            records.Publish(record);
            uses.Note(record.Fingerprint.Key);
        }

        return BlobState.Good;
    }
}
