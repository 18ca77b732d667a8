using System.Collections.Immutable;
using System.Net.Http.Headers;
using Google.Protobuf;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Fingerprints;

namespace ModelSlim.Remotes.Http;

/// <summary>
/// Any server that keeps files under <c>/cas</c> and <c>/ac</c>, as Bazel's remote cache over HTTP does: contents by their digest, and
/// for each key an ActionResult that names them and carries the record.
/// </summary>
/// <param name="place">The address that <c>/cas</c> and <c>/ac</c> come after.</param>
/// <param name="credentials">The header with credentials; null where there are none.</param>
/// <param name="times">How long it may take.</param>
internal sealed class HttpRemoteStore(Uri place, AuthenticationHeaderValue? credentials, RemoteTimes times) : IRemoteStore
{
    // From here on a server is asked before it is sent so much.
    private const long Large = 1 << 20;

    private static readonly MessageParser<ActionRecord> Parser = ActionRecord.Parser.WithDiscardUnknownFields(true);

    private readonly HttpClient client = HttpTransport.Client(times);
    private readonly string root = place.AbsoluteUri.TrimEnd('/');

    /// <inheritdoc/>
    public string Place => root;

    /// <inheritdoc/>
    public async Task<bool> ReadRecordAsync(string key, Stream target, CancellationToken cancellation)
    {
        using var file = new MemoryStream();
        if (!await ReadAsync($"ac/{key}", new BoundedStream(file, 2 * RemoteCache.MaxRecordSize), cancellation).ConfigureAwait(false))
        {
            return false;
        }

        try
        {
            file.Position = 0;
            await target.WriteAsync(Parser.ParseFrom(file).StdoutRaw.Memory, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new RemoteStoreException("what it has under /ac is no ActionResult", e);
        }
    }

    /// <inheritdoc/>
    public Task<bool> ReadContentAsync(ContentDigest content, Stream target, CancellationToken cancellation) =>
        ReadAsync($"cas/{content.Sha256}", target, cancellation);

    /// <inheritdoc/>
    public async Task<bool> HasContentAsync(ContentDigest content, CancellationToken cancellation)
    {
        using var request = Request(HttpMethod.Head, $"cas/{content.Sha256}");
        using var answer = await client.AskAsync(request, cancellation).ConfigureAwait(false);
        return answer?.Content.Headers.ContentLength == content.Size;
    }

    /// <inheritdoc/>
    public Task WriteContentAsync(ContentDigest content, Stream source, CancellationToken cancellation) =>
        WriteAsync($"cas/{content.Sha256}", source, replace: true, cancellation);

    /// <inheritdoc/>
    public async Task WriteRecordAsync(
        string key, ReadOnlyMemory<byte> record, ImmutableArray<StoredOutput> outputs, bool replace, CancellationToken cancellation)
    {
        var result = new ActionResult { StdoutRaw = ByteString.CopyFrom(record.Span) };
        result.OutputFiles.AddRange(outputs.Select(output => new OutputFile
        {
            Path = output.Name,
            Digest = new Digest { Hash = output.Digest.Sha256, SizeBytes = output.Digest.Size },
        }));
        using var source = new MemoryStream(result.ToByteArray());
        await WriteAsync($"ac/{key}", source, replace, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>?> ListAsync(int most, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<string>?>(null);

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<bool> ReadAsync(string name, Stream target, CancellationToken cancellation)
    {
        using var request = Request(HttpMethod.Get, name);
        using var answer = await client.AskAsync(request, cancellation).ConfigureAwait(false);
        if (answer is null)
        {
            return false;
        }

        await answer.CopyToAsync(target, cancellation).ConfigureAwait(false);
        return true;
    }

    private async Task WriteAsync(string name, Stream source, bool replace, CancellationToken cancellation)
    {
        using var request = Request(HttpMethod.Put, name);
        request.Content = new StreamContent(source) { Headers = { ContentLength = source.Length, ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        request.Headers.ExpectContinue = source.Length > Large;
        if (!replace)
        {
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        }

        using var answer = await client.AskAsync(request, cancellation).ConfigureAwait(false);
    }

    private HttpRequestMessage Request(HttpMethod method, string name) => new(method, $"{root}/{name}") { Headers = { Authorization = credentials } };
}
