using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Files;

namespace ModelSlim.Core.Caching;

/// <summary>
/// An artifact in a store. What was looked up is kept from being removed until it is disposed of, which nobody has to do whose
/// process ends soon.
/// </summary>
public sealed class StoredArtifact : IDisposable
{
    private readonly BlobStore blobs;
    private readonly IDisposable? lease;

    internal StoredArtifact(ArtifactRecord record, BlobStore blobs, IDisposable? lease = null)
    {
        Record = record;
        this.blobs = blobs;
        this.lease = lease;
    }

    /// <summary>What the store knows of it.</summary>
    public ArtifactRecord Record { get; }

    /// <summary>Copies one of its files out of the store, hashed on the way: the right bytes arrive, or none.</summary>
    /// <param name="name">Which.</param>
    /// <param name="path">Where to; a file that is there is replaced in one step, or left if the copy fails.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Null, or MSLIM3013 where the store has lost or damaged the file since the artifact was looked up.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public Diagnostic? Deliver(string name, string path, CancellationToken cancellationToken = default)
    {
        var output = Output(name);
        return AtomicFile.TryWrite(path, stream => blobs.CopyTo(output.Digest, stream, cancellationToken) == BlobState.Good)
            ? null
            : ArtifactStore.Damaged(Record.Fingerprint.Key);
    }

    /// <summary>True where it has such a file.</summary>
    public bool Has(string name) => Record.Outputs.Any(output => output.Name == name);

    /// <summary>Copies one of its files to a stream, hashed on the way.</summary>
    /// <returns>True where the stream got it; false where the store has lost or damaged it since the artifact was looked up.</returns>
    public bool CopyTo(string name, Stream target, CancellationToken cancellationToken = default) =>
        blobs.CopyTo(Output(name).Digest, target, cancellationToken) == BlobState.Good;

    /// <summary>Reads one of its files into memory.</summary>
    /// <returns>The bytes; null where the store has lost or damaged the file since the artifact was looked up.</returns>
    public byte[]? Read(string name, CancellationToken cancellationToken = default)
    {
        using var content = new MemoryStream();
        return blobs.CopyTo(Output(name).Digest, content, cancellationToken) == BlobState.Good ? content.ToArray() : null;
    }

    /// <summary>Opens one of its files, which has been read through when the artifact was looked up.</summary>
    internal Stream Open(StoredOutput output) => blobs.Open(output.Digest);

    /// <inheritdoc/>
    public void Dispose() => lease?.Dispose();

    private StoredOutput Output(string name) =>
        Record.Outputs.FirstOrDefault(output => output.Name == name)
        ?? throw new ArgumentException($"The artifact has no file '{name}'.", nameof(name));
}
