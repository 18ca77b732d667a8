using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Remotes.Http;

namespace ModelSlim.Remotes.Oci;

/// <summary>A repository of an OCI registry: contents are blobs, and the key of a result is the tag of its manifest.</summary>
internal sealed class OciRemoteStore : IRemoteStore
{
    private const int LargestManifest = 4 << 20;
    private const int PageSize = 1000;

    private readonly OciSession session;
    private readonly Uri root;

    /// <summary>Opens <c>oci://host/repository</c>.</summary>
    public OciRemoteStore(Uri address, Func<string, string?> variable, RemoteTimes times)
    {
        Place = address.AbsoluteUri.TrimEnd('/');
        root = new Uri($"{(address.IsLoopback ? "http" : "https")}://{address.Authority}/v2/{address.AbsolutePath.Trim('/')}/");
        session = new OciSession(HttpCredentials.Read(variable), new DockerCredentials(address.Authority, variable), times);
    }

    /// <inheritdoc/>
    public string Place { get; }

    /// <inheritdoc/>
    public async Task<bool> ReadRecordAsync(string key, Stream target, CancellationToken cancellation)
    {
        using var manifest = new MemoryStream();
        if (!await ReadAsync($"manifests/{key}", new BoundedStream(manifest, LargestManifest), cancellation).ConfigureAwait(false))
        {
            return false;
        }

        return OciManifest.RecordIn(manifest.GetBuffer().AsSpan(0, (int)manifest.Length)) is { } record
            ? await ReadAsync($"blobs/{record}", target, cancellation).ConfigureAwait(false)
            : throw new RemoteStoreException("what it has under the key is no manifest of a result");
    }

    /// <inheritdoc/>
    public Task<bool> ReadContentAsync(ContentDigest content, Stream target, CancellationToken cancellation) =>
        ReadAsync($"blobs/{OciManifest.Name(content)}", target, cancellation);

    /// <inheritdoc/>
    public async Task<bool> HasContentAsync(ContentDigest content, CancellationToken cancellation)
    {
        using var answer = await AskAsync(HttpMethod.Head, $"blobs/{OciManifest.Name(content)}", cancellation).ConfigureAwait(false);
        return answer?.Content.Headers.ContentLength == content.Size;
    }

    /// <inheritdoc/>
    public async Task WriteContentAsync(ContentDigest content, Stream source, CancellationToken cancellation)
    {
        using var started = await AskAsync(HttpMethod.Post, "blobs/uploads/", cancellation).ConfigureAwait(false);
        if (started?.Headers.Location is not { } location || new Uri(root, location) is not { } upload || upload.Authority != root.Authority || upload.Scheme != root.Scheme)
        {
            throw new RemoteStoreException("it names no place of its own to put a content");
        }

        var target = new UriBuilder(upload) { Query = $"{upload.Query.TrimStart('?')}&digest={OciManifest.Name(content)}".TrimStart('&') }.Uri;
        using var done = await session.AskAsync(() => Put(target, source, "application/octet-stream"), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task WriteRecordAsync(
        string key, ReadOnlyMemory<byte> record, ImmutableArray<StoredOutput> outputs, bool replace, CancellationToken cancellation)
    {
        using (var there = replace ? null : await AskAsync(HttpMethod.Head, $"manifests/{key}", cancellation).ConfigureAwait(false))
        {
            if (there is not null)
            {
                return;
            }
        }

        var digest = ContentDigest.Of(record.Span);
        using var source = new MemoryStream(record.ToArray());
        await WriteContentAsync(digest, source, cancellation).ConfigureAwait(false);
        using var manifest = new MemoryStream(OciManifest.Write(digest, outputs));
        using var done = await session.AskAsync(() => Put(new Uri(root, $"manifests/{key}"), manifest, OciManifest.MediaType), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>?> ListAsync(int most, CancellationToken cancellation)
    {
        var keys = new List<string>();
        while (keys.Count < most)
        {
            using var page = new MemoryStream();
            var last = keys.Count > 0 ? $"&last={keys[^1]}" : string.Empty;
            if (!await ReadAsync($"tags/list?n={PageSize}{last}", new BoundedStream(page, LargestManifest), cancellation).ConfigureAwait(false))
            {
                break;
            }

            var tags = TagsIn(page.GetBuffer().AsSpan(0, (int)page.Length)).Except(keys, StringComparer.Ordinal).ToArray();
            keys.AddRange(tags);
            if (tags.Length < PageSize)
            {
                break;
            }
        }

        return [.. keys.Take(most)];
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    private static HttpRequestMessage Put(Uri target, Stream source, string type)
    {
        source.Position = 0;
        return new HttpRequestMessage(HttpMethod.Put, target)
        {
            Content = new StreamContent(source) { Headers = { ContentLength = source.Length, ContentType = new MediaTypeHeaderValue(type) } },
        };
    }

    private static string[] TagsIn(ReadOnlySpan<byte> page)
    {
        try
        {
            return [.. (JsonSerializer.Deserialize<TagList>(page)?.Tags ?? []).OfType<string>()];
        }
        catch (JsonException e)
        {
            throw new RemoteStoreException("its list of tags is none", e);
        }
    }

    private Task<HttpResponseMessage?> AskAsync(HttpMethod method, string name, CancellationToken cancellation) => session.AskAsync(
        () => new HttpRequestMessage(method, new Uri(root, name)) { Headers = { Accept = { new MediaTypeWithQualityHeaderValue(OciManifest.MediaType), new MediaTypeWithQualityHeaderValue("*/*", 0.5) } } },
        cancellation);

    private async Task<bool> ReadAsync(string name, Stream target, CancellationToken cancellation)
    {
        using var answer = await AskAsync(HttpMethod.Get, name, cancellation).ConfigureAwait(false);
        if (answer is null)
        {
            return false;
        }

        await answer.CopyToAsync(target, cancellation).ConfigureAwait(false);
        return true;
    }

    private sealed record TagList([property: JsonPropertyName("tags")] string?[]? Tags);
}
