namespace ModelSlim.Core.Caching;

/// <summary>Where the store is when nobody says otherwise.</summary>
public static class StoreDirectory
{
    private const string Variable = "MODELSLIM_CACHE_DIR";

    /// <summary>
    /// The store's folder: <paramref name="chosen"/>, else the variable MODELSLIM_CACHE_DIR, else the user's folder for caches:
    /// <c>%LOCALAPPDATA%\ModelSlim\cache</c> on Windows, <c>~/Library/Caches/modelslim</c> on macOS, else
    /// <c>$XDG_CACHE_HOME/modelslim</c> or <c>~/.cache/modelslim</c>.
    /// </summary>
    /// <param name="chosen">From <c>--cache-dir</c> or <c>ModelSlimCacheDirectory</c>; null or empty where not given.</param>
    /// <param name="platform">The operating system.</param>
    /// <param name="variable">Value of an environment variable, or null.</param>
    /// <returns>The folder, or null where the user has no folder of their own; then there is no store.</returns>
    public static string? Find(string? chosen, StorePlatform platform, Func<string, string?> variable)
    {
        string? Value(string name) => variable(name) is { Length: > 0 } value ? value : null;
        if (!string.IsNullOrEmpty(chosen))
        {
            return chosen;
        }

        if (Value(Variable) is { } named)
        {
            return named;
        }

        return platform switch
        {
            StorePlatform.Windows when Value("LOCALAPPDATA") is { } local => $@"{local}\ModelSlim\cache",
            StorePlatform.Windows when Value("USERPROFILE") is { } profile => $@"{profile}\AppData\Local\ModelSlim\cache",
            StorePlatform.Mac when Value("HOME") is { } home => $"{home}/Library/Caches/modelslim",
            StorePlatform.Unix when Value("XDG_CACHE_HOME") is { } cache && cache.StartsWith('/') => $"{cache}/modelslim",
            StorePlatform.Unix when Value("HOME") is { } home => $"{home}/.cache/modelslim",
            _ => null,
        };
    }
}
