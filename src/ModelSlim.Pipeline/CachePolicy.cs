namespace ModelSlim.Pipeline;

/// <summary>How the store is used.</summary>
public enum CachePolicy
{
    /// <summary>A stored result is taken; a new one is stored.</summary>
    ReadWrite,

    /// <summary>A stored result is taken; where there is none, that is an error.</summary>
    ReadOnly,

    /// <summary>The result is made anew and stored.</summary>
    Refresh,
}
