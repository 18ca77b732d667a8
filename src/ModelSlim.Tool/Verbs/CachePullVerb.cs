using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Locking;
using ModelSlim.Pipeline;

namespace ModelSlim.Tool.Verbs;

/// <summary><c>cache pull</c>: copies results of the remote cache to the store.</summary>
internal sealed class CachePullVerb() : CacheShareVerb("pull", "Copy results of the remote cache to the store")
{
    private const int Most = 100_000;

    /// <inheritdoc/>
    protected override string Direction => "from";

    /// <inheritdoc/>
    protected override string? Refusal(RemoteCache shared) => null;

    /// <inheritdoc/>
    protected override Task<Result<IReadOnlyList<string>>> AllAsync(ArtifactStore store, RemoteCache shared, CancellationToken cancellation) =>
        shared.ListAsync(Most, cancellation);

    /// <inheritdoc/>
    protected override Task<RemoteAnswer> CopyAsync(ArtifactStore store, RemoteCache shared, string key, LockedResult? locked, VerbContext context) =>
        shared.FetchAsync(store, key, record => SharedResults.Refusal(record, locked), isNamed: locked is not null, replace: locked is not null, context.Progress, context.Cancellation);
}
