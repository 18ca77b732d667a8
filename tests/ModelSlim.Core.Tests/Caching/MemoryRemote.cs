using System.Collections.Immutable;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Fingerprints;

namespace ModelSlim.Core.Tests.Caching;

/// <summary>A remote store in memory, in which a test can change everything.</summary>
internal sealed class MemoryRemote : IRemoteStore
{
    public string Place => "memory://test";

    public Dictionary<string, byte[]> Records { get; } = [];

    public Dictionary<string, byte[]> Contents { get; } = [];

    /// <summary>What was asked, in order.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Thrown by whatever is asked; null means nothing is.</summary>
    public Exception? Trouble { get; set; }

    public Task<bool> ReadRecordAsync(string key, Stream target, CancellationToken cancellation) => Read("record", Records, key, target);

    public Task<bool> ReadContentAsync(ContentDigest content, Stream target, CancellationToken cancellation) => Read("content", Contents, content.Sha256, target);

    public Task<bool> HasContentAsync(ContentDigest content, CancellationToken cancellation)
    {
        Note("has", content.Sha256);
        return Task.FromResult(Contents.TryGetValue(content.Sha256, out var there) && there.Length == content.Size);
    }

    public async Task WriteContentAsync(ContentDigest content, Stream source, CancellationToken cancellation)
    {
        Note("write", content.Sha256);
        using var copy = new MemoryStream();
        await source.CopyToAsync(copy, cancellation);
        Contents[content.Sha256] = copy.ToArray();
    }

    public Task WriteRecordAsync(string key, ReadOnlyMemory<byte> record, ImmutableArray<StoredOutput> outputs, bool replace, CancellationToken cancellation)
    {
        Note("publish", key);
        if (replace || !Records.ContainsKey(key))
        {
            Records[key] = record.ToArray();
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>?> ListAsync(int most, CancellationToken cancellation)
    {
        Note("list", "");
        return Task.FromResult<IReadOnlyList<string>?>([.. Records.Keys.Take(most)]);
    }

    public void Dispose()
    {
    }

    private Task<bool> Read(string what, Dictionary<string, byte[]> from, string name, Stream target)
    {
        Note(what, name);
        if (!from.TryGetValue(name, out var there))
        {
            return Task.FromResult(false);
        }

        target.Write(there);
        return Task.FromResult(true);
    }

    private void Note(string what, string name)
    {
        Asked.Add($"{what} {name}");
        if (Trouble is { } trouble)
        {
            throw trouble;
        }
    }
}
