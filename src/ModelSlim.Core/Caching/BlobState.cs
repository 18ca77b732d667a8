namespace ModelSlim.Core.Caching;

/// <summary>What a look at a content showed.</summary>
internal enum BlobState
{
    /// <summary>It is what its name says.</summary>
    Good,

    /// <summary>There is none.</summary>
    Missing,

    /// <summary>It was something else, and has been set aside.</summary>
    Damaged,
}
