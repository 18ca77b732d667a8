using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Locking;

namespace ModelSlim.Tool.Verbs;

/// <summary><c>cache push</c>: copies results of the store to the remote cache.</summary>
internal sealed class CachePushVerb() : CacheShareVerb("push", "Copy results of the store to the remote cache")
{
    /// <inheritdoc/>
    protected override string Direction => "to";

    /// <inheritdoc/>
    protected override string? Refusal(RemoteCache shared) => shared.Writes ? null : "is only read; say --remote-cache-mode readwrite";

    /// <inheritdoc/>
    protected override Task<Result<IReadOnlyList<string>>> AllAsync(ArtifactStore store, RemoteCache shared, CancellationToken cancellation) =>
        Task.FromResult(Result<IReadOnlyList<string>>.With([.. store.List().Select(record => record.Fingerprint.Key)], []));

    /// <inheritdoc/>
    protected override async Task<RemoteAnswer> CopyAsync(ArtifactStore store, RemoteCache shared, string key, LockedResult? locked, VerbContext context)
    {
        // What is there may be there without a signature.
        var found = store.TryGet(key, context.Cancellation);
        using var artifact = found.Artifact;
        return artifact is null
            ? new RemoteAnswer(false, found.Diagnostics)
            : await shared.UploadAsync(store, artifact, replace: shared.MaySign(artifact), context.Progress, context.Cancellation).ConfigureAwait(false);
    }
}
