namespace ModelSlim.Core.Caching;

/// <summary>Operating systems, by where they keep a user's caches.</summary>
public enum StorePlatform
{
    /// <summary>Linux and others that follow the XDG base directories.</summary>
    Unix,

    /// <summary>macOS.</summary>
    Mac,

    /// <summary>Windows.</summary>
    Windows,
}
