using System.Collections.Immutable;
using ModelSlim.Core.Fingerprints;

namespace ModelSlim.Core.Caching;

/// <summary>
/// A place that machines share: contents by their digest, records by their key. It may be slow, gone or wrong; who asks it believes
/// nothing that it says. What fails is a <see cref="RemoteStoreException"/>; what a target stream throws passes as it is.
/// </summary>
public interface IRemoteStore : IDisposable
{
    /// <summary>Where it is, as everybody may read it: nothing of it is secret.</summary>
    string Place { get; }

    /// <summary>Copies a record to a stream.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="target">An empty stream that can seek. It got nothing, or something broken, where this does not succeed.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>False where there is none.</returns>
    /// <exception cref="RemoteStoreException">The place does not answer as it should.</exception>
    Task<bool> ReadRecordAsync(string key, Stream target, CancellationToken cancellation);

    /// <summary>Copies a content to a stream.</summary>
    /// <param name="content">Its digest.</param>
    /// <param name="target">An empty stream that can seek. It got nothing, or something broken, where this does not succeed.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>False where there is none.</returns>
    /// <exception cref="RemoteStoreException">The place does not answer as it should.</exception>
    Task<bool> ReadContentAsync(ContentDigest content, Stream target, CancellationToken cancellation);

    /// <summary>True where a content of that size is there; its bytes are not looked at.</summary>
    /// <exception cref="RemoteStoreException">The place does not answer as it should.</exception>
    Task<bool> HasContentAsync(ContentDigest content, CancellationToken cancellation);

    /// <summary>Puts a content in, or in the place of the one that is there.</summary>
    /// <param name="content">Its digest.</param>
    /// <param name="source">The content, from a stream that can seek.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RemoteStoreException">The place does not answer as it should, or takes nothing.</exception>
    Task WriteContentAsync(ContentDigest content, Stream source, CancellationToken cancellation);

    /// <summary>Puts a record in whose contents are there.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="record">The record.</param>
    /// <param name="outputs">What it names.</param>
    /// <param name="replace">False where one that is there already is to stay, as far as the place can tell.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RemoteStoreException">The place does not answer as it should, or takes nothing.</exception>
    Task WriteRecordAsync(string key, ReadOnlyMemory<byte> record, ImmutableArray<StoredOutput> outputs, bool replace, CancellationToken cancellation);

    /// <summary>The keys of all records.</summary>
    /// <param name="most">Most keys to give.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The keys; null where the place cannot list what it has.</returns>
    /// <exception cref="RemoteStoreException">The place does not answer as it should.</exception>
    Task<IReadOnlyList<string>?> ListAsync(int most, CancellationToken cancellation);
}
