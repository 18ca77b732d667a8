namespace ModelSlim.Core.Caching;

/// <summary>A remote store does not do what it should.</summary>
/// <param name="message">What is wrong, in a few words that everybody may read.</param>
/// <param name="inner">What it comes from.</param>
public sealed class RemoteStoreException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>True where it may work a moment later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>How long the store asks to wait; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
