using System.Collections.Immutable;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Fingerprints;
using Polly;
using Polly.Retry;

namespace ModelSlim.Remotes;

/// <summary>
/// A remote store that is tried again where that may help, and waited for no longer than a build can bear. Whatever else a client
/// throws comes out as a <see cref="RemoteStoreException"/>.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="times">How long it may take.</param>
internal sealed class ResilientRemoteStore(IRemoteStore store, RemoteTimes times) : IRemoteStore
{
    private readonly ResiliencePipeline retries = new ResiliencePipelineBuilder().AddRetry(Retries(times)).Build();

    /// <inheritdoc/>
    public string Place => store.Place;

    /// <inheritdoc/>
    public Task<bool> ReadRecordAsync(string key, Stream target, CancellationToken cancellation) =>
        MoveAsync(target, (watched, token) => store.ReadRecordAsync(key, Emptied(watched), token), cancellation);

    /// <inheritdoc/>
    public Task<bool> ReadContentAsync(ContentDigest content, Stream target, CancellationToken cancellation) =>
        MoveAsync(target, (watched, token) => store.ReadContentAsync(content, Emptied(watched), token), cancellation);

    /// <inheritdoc/>
    public Task<bool> HasContentAsync(ContentDigest content, CancellationToken cancellation) =>
        MoveAsync(Stream.Null, (_, token) => store.HasContentAsync(content, token), cancellation);

    /// <inheritdoc/>
    public Task WriteContentAsync(ContentDigest content, Stream source, CancellationToken cancellation) => MoveAsync(
        source,
        async (watched, token) =>
        {
            watched.Position = 0;
            await store.WriteContentAsync(content, watched, token).ConfigureAwait(false);
            return true;
        },
        cancellation);

    /// <inheritdoc/>
    public Task WriteRecordAsync(
        string key, ReadOnlyMemory<byte> record, ImmutableArray<StoredOutput> outputs, bool replace, CancellationToken cancellation) => MoveAsync(
            Stream.Null,
            async (_, token) =>
            {
                await store.WriteRecordAsync(key, record, outputs, replace, token).ConfigureAwait(false);
                return true;
            },
            cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>?> ListAsync(int most, CancellationToken cancellation) =>
        MoveAsync(Stream.Null, (_, token) => store.ListAsync(most, token), cancellation);

    /// <inheritdoc/>
    public void Dispose() => store.Dispose();

    private static RetryStrategyOptions Retries(RemoteTimes times) => new()
    {
        ShouldHandle = new PredicateBuilder().Handle<RemoteStoreException>(e => e.IsTransient && !(e.RetryAfter > times.Patience)),
        MaxRetryAttempts = RemoteTimes.Repetitions,
        Delay = times.Pause,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as RemoteStoreException)?.RetryAfter),
    };

    private static Stream Emptied(Stream target)
    {
        target.SetLength(0);
        target.Position = 0;
        return target;
    }

    private static RemoteStoreException Explained(Exception e) => e switch
    {
        RemoteStoreException known => known,
        OperationCanceledException or HttpRequestException { InnerException: TimeoutException or OperationCanceledException } => new RemoteStoreException("no connection in time", e),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => new RemoteStoreException("there is no server of that name", e),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new RemoteStoreException("its certificate is not trusted, or it speaks no TLS", e),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => new RemoteStoreException("no connection", e) { IsTransient = true },
        HttpRequestException or IOException => new RemoteStoreException("the connection broke", e) { IsTransient = true },

        // A client chokes on what a server says.
        _ => new RemoteStoreException("its answers are not understood", e),
    };

    private async Task<T> MoveAsync<T>(Stream stream, Func<Stream, CancellationToken, Task<T>> move, CancellationToken cancellation) =>
        await retries.ExecuteAsync(async token => await MoveOnceAsync(stream, move, token).ConfigureAwait(false), cancellation).ConfigureAwait(false);

    private async Task<T> MoveOnceAsync<T>(Stream stream, Func<Stream, CancellationToken, Task<T>> move, CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(times.Patience);
        var moved = 0L;
        var watched = new WatchedStream(stream, count =>
        {
            moved += count;
            if (moved >= RemoteTimes.Step)
            {
                moved = 0;
                late.CancelAfter(times.Patience);
            }
        });
        try
        {
            return await move(watched, late.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            watched.Failure?.Throw();
            cancellation.ThrowIfCancellationRequested();
            throw late.IsCancellationRequested
                ? new RemoteStoreException($"it is too slow: nothing, or too little, in {times.Patience.TotalSeconds:0.#} s", e)
                : Explained(e);
        }
    }
}
