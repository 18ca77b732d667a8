using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Caching;

/// <summary>Makes those wait who want the result that somebody else makes.</summary>
/// <param name="layout">Where things are.</param>
internal sealed class StoreTurns(StoreLayout layout)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until nobody else makes the result of a key, and keeps others from it until the answer is disposed of.</summary>
    /// <param name="key">The key.</param>
    /// <param name="progress">Told once where it has to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<KeyLock> TakeAsync(string key, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        var path = layout.Lock(key);
        var told = false;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (KeyLock.TryTakeOrNone(path) is { } held)
            {
                return held;
            }

            if (!told)
            {
                progress?.Report(new StageProgress("wait", 0, 0, "another build is making the same result"));
                told = true;
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }
}
