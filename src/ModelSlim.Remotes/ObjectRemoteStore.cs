using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Fingerprints;

namespace ModelSlim.Remotes;

/// <summary>A remote store of objects by name: <c>cas/</c> and a digest, <c>ac/</c> and a key, after a prefix.</summary>
/// <param name="place">Its address.</param>
/// <param name="prefix">What all names begin with; empty, or with a slash at its end.</param>
internal abstract class ObjectRemoteStore(string place, string prefix) : IRemoteStore
{
    private const string Records = "ac/";

    /// <inheritdoc/>
    public string Place => place;

    /// <inheritdoc/>
    public Task<bool> ReadRecordAsync(string key, Stream target, CancellationToken cancellation) => ReadAsync(Record(key), target, cancellation);

    /// <inheritdoc/>
    public Task<bool> ReadContentAsync(ContentDigest content, Stream target, CancellationToken cancellation) => ReadAsync(Content(content), target, cancellation);

    /// <inheritdoc/>
    public async Task<bool> HasContentAsync(ContentDigest content, CancellationToken cancellation) =>
        await SizeAsync(Content(content), cancellation).ConfigureAwait(false) == content.Size;

    /// <inheritdoc/>
    public Task WriteContentAsync(ContentDigest content, Stream source, CancellationToken cancellation) => WriteAsync(Content(content), source, replace: true, cancellation);

    /// <inheritdoc/>
    public async Task WriteRecordAsync(
        string key, ReadOnlyMemory<byte> record, ImmutableArray<StoredOutput> outputs, bool replace, CancellationToken cancellation)
    {
        using var source = MemoryMarshal.TryGetArray(record, out var bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(record.ToArray());
        await WriteAsync(Record(key), source, replace, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>?> ListAsync(int most, CancellationToken cancellation)
    {
        var keys = new List<string>();
        await foreach (var name in NamesAsync(prefix + Records, cancellation).ConfigureAwait(false))
        {
            if (keys.Count == most)
            {
                break;
            }

            keys.Add(name[(prefix.Length + Records.Length)..]);
        }

        return keys;
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Copies an object to a stream; false where there is none.</summary>
    protected abstract Task<bool> ReadAsync(string name, Stream target, CancellationToken cancellation);

    /// <summary>The size of an object; null where there is none.</summary>
    protected abstract Task<long?> SizeAsync(string name, CancellationToken cancellation);

    /// <summary>Puts an object in; one that is there stays where it is not to be replaced.</summary>
    protected abstract Task WriteAsync(string name, Stream source, bool replace, CancellationToken cancellation);

    /// <summary>The names of all objects that begin with something.</summary>
    protected abstract IAsyncEnumerable<string> NamesAsync(string beginning, CancellationToken cancellation);

    private string Record(string key) => prefix + Records + key;

    private string Content(ContentDigest content) => $"{prefix}cas/{content.Sha256}";
}
