using System.Collections.Immutable;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Fingerprints;

namespace ModelSlim.Remotes;

/// <summary>
/// Several remote stores as one: what is written goes to the first, and what the others do not have is looked for there. So a
/// pull request takes what the main branch made, and what it makes goes where the main branch does not look.
/// </summary>
/// <param name="own">The first.</param>
/// <param name="others">The others, in order.</param>
internal sealed class LayeredRemoteStore(IRemoteStore own, ImmutableArray<IRemoteStore> others) : IRemoteStore
{
    /// <inheritdoc/>
    public string Place { get; } = string.Join(' ', others.Prepend(own).Select(store => store.Place));

    /// <inheritdoc/>
    public Task<bool> ReadRecordAsync(string key, Stream target, CancellationToken cancellation) =>
        FirstAsync(store => store.ReadRecordAsync(key, target, cancellation));

    /// <inheritdoc/>
    public Task<bool> ReadContentAsync(ContentDigest content, Stream target, CancellationToken cancellation) =>
        FirstAsync(store => store.ReadContentAsync(content, target, cancellation));

    /// <inheritdoc/>
    public Task<bool> HasContentAsync(ContentDigest content, CancellationToken cancellation) => own.HasContentAsync(content, cancellation);

    /// <inheritdoc/>
    public Task WriteContentAsync(ContentDigest content, Stream source, CancellationToken cancellation) => own.WriteContentAsync(content, source, cancellation);

    /// <inheritdoc/>
    public Task WriteRecordAsync(
        string key, ReadOnlyMemory<byte> record, ImmutableArray<StoredOutput> outputs, bool replace, CancellationToken cancellation) =>
        own.WriteRecordAsync(key, record, outputs, replace, cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>?> ListAsync(int most, CancellationToken cancellation)
    {
        var keys = new List<string>();
        foreach (var store in others.Prepend(own))
        {
            if (await store.ListAsync(most, cancellation).ConfigureAwait(false) is not { } some)
            {
                return null;
            }

            keys.AddRange(some);
        }

        return [.. keys.Distinct(StringComparer.Ordinal).Take(most)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        own.Dispose();
        foreach (var store in others)
        {
            store.Dispose();
        }
    }

    // What others made comes first: it may be signed where what this build puts into its own is not.
    private async Task<bool> FirstAsync(Func<IRemoteStore, Task<bool>> read)
    {
        foreach (var store in others.Append(own))
        {
            if (await read(store).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }
}
