namespace ModelSlim.Tool.Options;

/// <summary>The options that every verb has.</summary>
internal sealed record RunSettings
{
    /// <summary>True where standard output is to be one JSON document.</summary>
    public bool Json { get; init; }

    /// <summary>How much is said.</summary>
    public Verbosity Verbosity { get; init; } = Verbosity.Normal;

    /// <summary>Folder of the store; null means the user's.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>True where nothing may be fetched.</summary>
    public bool Offline { get; init; }

    /// <summary>Number of threads; null means all cores.</summary>
    public int? Threads { get; init; }

    /// <summary>Seed in place of the recipe's; null means the recipe's.</summary>
    public long? Seed { get; init; }
}
