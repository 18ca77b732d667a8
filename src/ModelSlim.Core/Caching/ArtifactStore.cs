using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Fingerprints;

namespace ModelSlim.Core.Caching;

/// <summary>
/// A folder of artifacts by fingerprint, shared by all builds of a user. Contents are named by their digest and records by
/// their key; both are published in one step, contents first, so that whoever is killed whenever leaves nothing that could be
/// taken for a result. Everything is verified whenever it is read; what does not fit is set aside and counts as absent.
/// <para>
/// To make a result once however many builds ask: <c>TryGet</c>; on a miss <see cref="AcquireAsync"/>, then <c>TryGet</c> again,
/// because the holder before may have made it; on a miss make it and <see cref="Put"/> it; let go.
/// </para>
/// </summary>
public sealed class ArtifactStore
{
    private static readonly TimeSpan GatePatience = TimeSpan.FromSeconds(30);

    private readonly StoreLayout layout;
    private readonly BlobStore blobs;
    private readonly RecordStore records;
    private readonly StoreGate gate;
    private readonly TimeProvider time;
    private readonly RecentUse uses;
    private readonly bool writable;
    private readonly bool lockable;

    private ArtifactStore(StoreLayout layout, TimeProvider time, bool writable, bool lockable)
    {
        this.layout = layout;
        this.time = time;
        this.writable = writable;
        this.lockable = lockable;
        blobs = new BlobStore(layout);
        records = new RecordStore(layout);
        gate = new StoreGate(layout);
        uses = new RecentUse(layout, time);
    }

    /// <summary>Full path of the store's folder.</summary>
    public string Root => layout.Root;

    /// <summary>False where the store is only read.</summary>
    public bool IsWritable => writable;

    /// <summary>
    /// Opens a store, and makes its folder if there is none. Tries whether it can be written and locked; a store that cannot
    /// be written is read, and says so once, here.
    /// </summary>
    /// <param name="root">Path of the store's folder.</param>
    /// <param name="time">The clock that says when results are used; null means the system's.</param>
    public static Result<ArtifactStore> Open(string root, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        var layout = new StoreLayout(Path.GetFullPath(root));
        try
        {
            Directory.CreateDirectory(layout.Temporary);
            var lockable = KeyLock.Works(layout.NewTemporary());
            new StoreCleanup(layout).Sweep();
            var store = new ArtifactStore(layout, time, writable: true, lockable);
            return lockable
                ? store
                : Result<ArtifactStore>.With(store, [DiagnosticCodes.StoreWithoutLocks.Says(
                    $"The store '{layout.Root}' cannot be locked; builds at the same time may do the same work.")]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Result<ArtifactStore>.With(
                new ArtifactStore(layout, time, writable: false, lockable: false),
                [DiagnosticCodes.StoreNotWritable.Says(
                    $"The store '{layout.Root}' cannot be written ({e.Message.TrimEnd('.')}); results are not kept. " +
                    "Choose another folder with --cache-dir or ModelSlimCacheDirectory.")]);
        }
    }

    /// <summary>True where a text has the form of a key.</summary>
    public static bool IsKey(string text) => StoreLayout.IsDigest(text);

    /// <summary>Looks an artifact up, and reads all of it through. It is kept from being removed until the answer is disposed of.</summary>
    public StoreAnswer TryGet(Fingerprint fingerprint, CancellationToken cancellationToken = default) => TryGet(fingerprint.Key, cancellationToken);

    /// <summary>The same for whoever knows no more of it than its key.</summary>
    /// <param name="key">The key; see <see cref="IsKey"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public StoreAnswer TryGet(string key, CancellationToken cancellationToken = default)
    {
        var path = layout.Record(key);
        FileStream? lease = null;
        try
        {
            lease = RecordStore.Open(path);
            if (lease is null)
            {
                return new StoreAnswer(null, []);
            }

            var record = RecordStore.Read(lease, key);
            if (record is not null
                && record.Outputs.All(output => blobs.Check(output.Digest, cancellationToken) == BlobState.Good))
            {
                uses.Note(key);
                return new StoreAnswer(new StoredArtifact(record, blobs, Interlocked.Exchange(ref lease, null)), []);
            }

            blobs.SetAside(path);
            return new StoreAnswer(null, [Damaged(key)]);
        }
        catch (Exception e) when (StoreLayout.IsGone(e))
        {
            return new StoreAnswer(null, []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new StoreAnswer(null, [DiagnosticCodes.StoreEntryDamaged.Says(
                $"The stored result {key[..12]} cannot be read ({e.Message.TrimEnd('.')}); it is made anew.")]);
        }
        finally
        {
            lease?.Dispose();
        }
    }

    /// <summary>
    /// Puts an artifact in. If there is one already, that one stays and is the answer, so that all builds ship the same bytes.
    /// </summary>
    /// <param name="fingerprint">All that decided it.</param>
    /// <param name="outputs">Its files.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The artifact in the store; null where it could not be put there, which is no reason to fail.</returns>
    public StoreAnswer Put(
        Fingerprint fingerprint, IReadOnlyList<NewOutput> outputs, CancellationToken cancellationToken = default) =>
        writable ? Intake.Put(fingerprint, outputs, replace: false, cancellationToken) : new StoreAnswer(null, []);

    /// <summary>Puts an artifact that was made anew on purpose in the place of the one that is there, if there is one.</summary>
    /// <param name="fingerprint">All that decided it.</param>
    /// <param name="outputs">Its files.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The artifact in the store; null where it could not be put there, which is no reason to fail.</returns>
    public StoreAnswer Replace(
        Fingerprint fingerprint, IReadOnlyList<NewOutput> outputs, CancellationToken cancellationToken = default) =>
        writable ? Intake.Put(fingerprint, outputs, replace: true, cancellationToken) : new StoreAnswer(null, []);

    /// <summary>
    /// Waits until nobody else makes the result of a key, and keeps others from it until the answer is disposed of. Where the
    /// store cannot lock, nobody waits.
    /// </summary>
    /// <param name="fingerprint">The key.</param>
    /// <param name="progress">Told once where it has to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<KeyLock> AcquireAsync(
        Fingerprint fingerprint, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default) =>
        lockable ? new StoreTurns(layout).TakeAsync(fingerprint.Key, progress, cancellationToken) : Task.FromResult(KeyLock.None);

    /// <summary>
    /// A folder of this user alone for how far the result of a key is, so that whoever makes it next can go on. It is there until
    /// <see cref="Finish"/>, or until nobody has gone on for long. For the holder of the lock.
    /// </summary>
    /// <param name="fingerprint">The key.</param>
    /// <returns>Full path; null where the store cannot be written.</returns>
    public string? Begin(Fingerprint fingerprint) => writable ? new UnfinishedWork(layout).Begin(fingerprint.Key) : null;

    /// <summary>Deletes how far the result of a key is: it is done, or to be made from the start. For the holder of the lock.</summary>
    /// <param name="fingerprint">The key.</param>
    public void Finish(Fingerprint fingerprint) => new UnfinishedWork(layout).Finish(fingerprint.Key);

    /// <summary>Puts an artifact in that comes from elsewhere, if all its contents are what its record says.</summary>
    /// <param name="record">What it is; nothing of it is believed.</param>
    /// <param name="read">Copies a content to an empty stream that can seek; false where there is none.</param>
    /// <param name="replace">False where one that is here by now is to stay.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    internal Task<BlobState> ReceiveAsync(
        ArtifactRecord record, Func<ContentDigest, Stream, Task<bool>> read, bool replace, CancellationToken cancellationToken) =>
        Intake.ReceiveAsync(record, read, replace, cancellationToken);

    /// <summary>Every artifact with a sound record, by key. Contents are not read through.</summary>
    public ImmutableArray<ArtifactRecord> List() => records.List();

    /// <summary>
    /// An artifact of other content that a content is a file of; null where the store has none, or has it only as what was left as it was.
    /// </summary>
    /// <param name="content">The content, such as that of a model that may be a result.</param>
    public ArtifactRecord? MakerOf(ContentDigest content) => File.Exists(layout.Content(content.Sha256))
        ? List().FirstOrDefault(record => record.Outputs.Any(output => output.Digest == content)
            && record.Fingerprint.Entries.All(entry => entry.Value != content.ToString()))
        : null;

    /// <summary>The files of a listed artifact, which nobody has read through.</summary>
    public StoredArtifact Open(ArtifactRecord record) => new(record, blobs);

    /// <summary>When an artifact was stored, in UTC.</summary>
    public DateTime StoredAt(ArtifactRecord record) => File.GetLastWriteTimeUtc(layout.Record(record.Fingerprint.Key));

    /// <summary>
    /// Removes the results that were used longest ago until limits hold, and what belongs to no result. What is in use stays. Safe
    /// beside others who read, put in or remove, and wherever it is killed.
    /// </summary>
    /// <param name="limits">What may stay.</param>
    /// <param name="cancellationToken">Ends it between two results.</param>
    /// <exception cref="IOException">A file cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">A file must not be deleted.</exception>
    public StoreCollection Collect(StoreLimits limits, CancellationToken cancellationToken = default) =>
        Collect(limits, GatePatience, cancellationToken);

    /// <summary>
    /// Removes the results that were used longest ago where the store is larger than a limit, so that a tenth of the limit is free then.
    /// Does nothing where others are at work, and never fails: the next one tries again.
    /// </summary>
    /// <param name="maxSize">Most bytes; null means any number.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public void Trim(long? maxSize, CancellationToken cancellationToken = default)
    {
        try
        {
            if (writable && maxSize is { } limit && StoreCollector.SizeOf(layout) > limit)
            {
                Collect(new StoreLimits(limit - (limit / 10)), TimeSpan.Zero, cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Files of other users, or a disk that fails: what is stored is read as before.
        }
    }

    /// <summary>Hashes everything, and sets aside what is damaged and every record whose contents are not all there.</summary>
    /// <param name="progress">Told how many files are done.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public StoreCheck Verify(IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new StoreVerifier(layout, blobs).Verify(progress, cancellationToken);

    /// <summary>
    /// Deletes the artifacts that were stored before a time, and the contents that no other artifact has. Contents of the last
    /// hour stay: their record may be about to be written.
    /// </summary>
    /// <param name="time">The time, in UTC.</param>
    /// <returns>Bytes deleted.</returns>
    /// <exception cref="IOException">A file cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">A file must not be deleted.</exception>
    public long Clear(DateTime time) => new StoreCleanup(layout).Clear(
        time, () => List().SelectMany(record => record.Outputs).Select(output => output.Digest.Sha256).ToHashSet(StringComparer.Ordinal));

    /// <summary>Deletes everything: records first, so that none is left without its contents.</summary>
    /// <returns>Bytes deleted.</returns>
    /// <exception cref="IOException">A file cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">A file must not be deleted.</exception>
    public long Clear() => new StoreCleanup(layout).Clear();

    private StoreIntake Intake => new(layout, blobs, records, uses, EnterAsWriter, TryGet);

    internal static Diagnostic Damaged(string key) => DiagnosticCodes.StoreEntryDamaged.Says(
        $"The stored result {key[..12]} is damaged or incomplete and was set aside; it is made anew.");

    private KeyLock EnterAsWriter() => lockable ? gate.EnterAsWriter(GatePatience) : KeyLock.None;

    private StoreCollection Collect(StoreLimits limits, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var alone = lockable ? gate.EnterAlone(patience, cancellationToken) : KeyLock.None;
        return alone is null
            ? new StoreCollection { WasBusy = true }
            : new StoreCollector(layout, uses, time, lockable).Collect(limits, cancellationToken);
    }
}
