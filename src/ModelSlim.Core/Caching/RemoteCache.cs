using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Caching;

/// <summary>
/// A remote store behind the local one, for one run. What comes from it is held against its digests before anybody sees it. The
/// first time that it does not answer as it should is the last time that it is asked; that is said once.
/// </summary>
/// <param name="remote">The remote store.</param>
/// <param name="writes">False where it is only read.</param>
/// <param name="keys">Whose word is taken, and given.</param>
public sealed class RemoteCache(IRemoteStore remote, bool writes, RecordKeys keys) : IDisposable
{
    /// <summary>Most bytes of a record; larger ones are none.</summary>
    public const int MaxRecordSize = 4 << 20;

    private readonly HashSet<string> refused = new(StringComparer.Ordinal);
    private bool isOff;

    /// <summary>Where it is, as everybody may read it.</summary>
    public string Place => remote.Place;

    /// <summary>False where it is only read.</summary>
    public bool Writes => writes;

    /// <summary>True where what is written is signed.</summary>
    public bool Signs => keys.Signs;

    /// <summary>True where a result is signed when it is written.</summary>
    public bool MaySign(StoredArtifact artifact) => keys.MaySign(artifact.Record);

    /// <summary>True where only results that a trusted key has signed are taken.</summary>
    public bool Trusts => keys.Trusts;

    /// <summary>Copies a result into the local store.</summary>
    /// <param name="store">The local store.</param>
    /// <param name="key">The key.</param>
    /// <param name="refusal">Says why a result that is there is not wanted; null where it is.</param>
    /// <param name="isNamed">True where that is so for all but one result, which needs nobody's word.</param>
    /// <param name="replace">False where a result that the local store has by now is to stay.</param>
    /// <param name="progress">Told when there is something to copy.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<RemoteAnswer> FetchAsync(
        ArtifactStore store,
        string key,
        Func<ArtifactRecord, string?> refusal,
        bool isNamed,
        bool replace,
        IProgress<StageProgress>? progress,
        CancellationToken cancellation) => TryAsync(store, async () =>
        {
            using var file = new MemoryStream();
            if (!await remote.ReadRecordAsync(key, new BoundedStream(file, MaxRecordSize), cancellation).ConfigureAwait(false))
            {
                return new RemoteAnswer(false, []);
            }

            if (ArtifactRecordFile.Read(file.GetBuffer().AsSpan(0, (int)file.Length), key) is not { } record)
            {
                return Refused(key, "is no record of it");
            }

            if ((refusal(record) ?? (isNamed || keys.Accept(record) ? null : "is not signed by a key that is trusted here")) is { } why)
            {
                return Refused(key, why);
            }

            progress?.Report(new StageProgress("download", 0, 0, Place));
            var state = await store.ReceiveAsync(
                record with { IsTaken = true },
                (content, target) => remote.ReadContentAsync(content, new BoundedStream(target, content.Size), cancellation),
                replace,
                cancellation).ConfigureAwait(false);
            return state switch
            {
                BlobState.Good => new RemoteAnswer(true, []),
                BlobState.Missing => Refused(key, "lacks a file that its record names"),
                _ => Refused(key, "has other bytes than its record names"),
            };
        });

    /// <summary>Copies a result of the local store to the remote one.</summary>
    /// <param name="store">The local store.</param>
    /// <param name="artifact">The result, read through.</param>
    /// <param name="replace">False where a result that is there is to stay; one that was refused never does.</param>
    /// <param name="progress">Told that it begins.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<RemoteAnswer> UploadAsync(
        ArtifactStore store, StoredArtifact artifact, bool replace, IProgress<StageProgress>? progress, CancellationToken cancellation) => TryAsync(store, async () =>
        {
            if (!writes)
            {
                return new RemoteAnswer(false, []);
            }

            var (key, outputs) = (artifact.Record.Fingerprint.Key, artifact.Record.Outputs);
            var all = replace || refused.Contains(key);
            progress?.Report(new StageProgress("upload", 0, 0, Place));
            foreach (var output in outputs.DistinctBy(output => output.Digest))
            {
                if (all || !await remote.HasContentAsync(output.Digest, cancellation).ConfigureAwait(false))
                {
                    using var source = artifact.Open(output);
                    await remote.WriteContentAsync(output.Digest, source, cancellation).ConfigureAwait(false);
                }
            }

            await remote.WriteRecordAsync(key, ArtifactRecordFile.Write(keys.Sign(artifact.Record) with { IsTaken = false }), outputs, all, cancellation).ConfigureAwait(false);
            return new RemoteAnswer(true, []);
        });

    /// <summary>The keys of all results that are there.</summary>
    /// <param name="most">Most keys to give.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The keys; MSLIM3025 where the remote store cannot list what it has, or does not answer as it should.</returns>
    public async Task<Result<IReadOnlyList<string>>> ListAsync(int most, CancellationToken cancellation)
    {
        try
        {
            return await remote.ListAsync(most, cancellation).ConfigureAwait(false) is { } keys
                ? Result<IReadOnlyList<string>>.With([.. keys.Where(StoreLayout.IsDigest)], [])
                : DiagnosticCodes.RemoteNotCopied.Says($"{Place} cannot list what it has; name the keys, or a lock file with --lock");
        }
        catch (RemoteStoreException e)
        {
            return DiagnosticCodes.RemoteNotCopied.Says($"{Place} cannot be listed: {Sentence(e.Message)}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        remote.Dispose();
        keys.Dispose();
    }

    private static string Sentence(string message) => message.TrimEnd('.');

    private async Task<RemoteAnswer> TryAsync(ArtifactStore store, Func<Task<RemoteAnswer>> copy)
    {
        if (isOff)
        {
            return new RemoteAnswer(false, []);
        }

        try
        {
            return await copy().ConfigureAwait(false);
        }
        catch (RemoteStoreException e)
        {
            isOff = true;
            return new RemoteAnswer(false, [DiagnosticCodes.RemoteUnusable.Says($"the remote cache {Place} is not used from here on: {Sentence(e.Message)}")]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new RemoteAnswer(false, [DiagnosticCodes.StoreWriteFailed.Says(
                $"What the remote cache has could not be copied to or from '{store.Root}' ({Sentence(e.Message)})")]);
        }
    }

    private RemoteAnswer Refused(string key, string why)
    {
        refused.Add(key);
        return new RemoteAnswer(false, [DiagnosticCodes.RemoteEntryRefused.Says($"what the remote cache {Place} has for {key[..12]} {why}; the result is made here")]);
    }
}
