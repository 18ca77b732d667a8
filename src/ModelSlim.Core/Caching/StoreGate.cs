namespace ModelSlim.Core.Caching;

/// <summary>
/// Keeps those who put results in and those who remove apart: a content that was just put in has no record yet, and would be taken
/// for one that nobody needs.
/// </summary>
/// <param name="layout">Where things are.</param>
internal sealed class StoreGate(StoreLayout layout)
{
    /// <summary>
    /// Waits until nobody removes, and keeps them from it until the answer is disposed of. Where that takes too long or the gate cannot
    /// be locked, the answer keeps nobody out: what is lost then is found to be missing and made anew.
    /// </summary>
    public KeyLock EnterAsWriter(TimeSpan patience)
    {
        try
        {
            return KeyLock.Wait(() => KeyLock.TryShare(layout.Gate), patience, CancellationToken.None) ?? KeyLock.None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return KeyLock.None;
        }
    }

    /// <summary>Waits until nobody puts in or removes; null where that takes too long.</summary>
    /// <exception cref="IOException">The gate cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The gate is somebody else's.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public KeyLock? EnterAlone(TimeSpan patience, CancellationToken cancellationToken) =>
        KeyLock.Wait(() => KeyLock.TryTake(layout.Gate), patience, cancellationToken);
}
