namespace ModelSlim.Core.Caching;

/// <summary>
/// Where things are in a store. All names are made of hexadecimal digits, so that no name from outside reaches the file
/// system. Another layout gets another version folder; stores of other versions beside it are left alone.
/// </summary>
/// <param name="Root">Full path of the store's folder.</param>
internal sealed record StoreLayout(string Root)
{
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = default,
        IgnoreInaccessible = true,
        RecurseSubdirectories = true,
    };

    /// <summary>The folder of this layout.</summary>
    public string Version => Path.Combine(Root, "v1");

    /// <summary>Contents, each under its own digest.</summary>
    public string Contents => Path.Combine(Version, "cas");

    /// <summary>Records: which contents belong to a key.</summary>
    public string Records => Path.Combine(Version, "ac");

    /// <summary>Files that are being written; on the same volume, so that moving them is one step.</summary>
    public string Temporary => Path.Combine(Version, "tmp");

    /// <summary>What was found damaged.</summary>
    public string Damaged => Path.Combine(Version, "bad");

    /// <summary>One file a key, locked by whoever makes its result. Never deleted: a lock on a deleted file locks nobody out.</summary>
    public string Locks => Path.Combine(Version, "locks");

    /// <summary>One folder a key, where whoever makes its result keeps how far they are.</summary>
    public string Unfinished => Path.Combine(Version, "unfinished");

    /// <summary>One empty file a key, whose time is when its result was used last.</summary>
    public string Uses => Path.Combine(Version, "used");

    /// <summary>The file that writers share and that whoever removes has alone. Beside the folder, so that it outlives it.</summary>
    public string Gate => Version + ".lock";

    /// <summary>The file of a content.</summary>
    public string Content(string sha256) => Path.Combine(Contents, sha256[..2], sha256);

    /// <summary>The file of a record.</summary>
    public string Record(string key) => Path.Combine(Records, key[..2], key);

    /// <summary>The file that says when the result of a key was used last.</summary>
    public string Use(string key) => Path.Combine(Uses, key[..2], key);

    /// <summary>The file to lock for a key.</summary>
    public string Lock(string key) => Path.Combine(Locks, key[..2], key);

    /// <summary>The folder for how far the result of a key is.</summary>
    public string Progress(string key) => Path.Combine(Unfinished, key[..2], key);

    /// <summary>A new name for a file that is being written.</summary>
    public string NewTemporary() => Path.Combine(Temporary, Guid.NewGuid().ToString("N"));

    /// <summary>All files of a folder, but those of other users that this one may not see; none where it does not exist.</summary>
    public static IEnumerable<string> Files(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", Everything) : [];

    /// <summary>True where a file cannot be opened because it is not there, or not any more.</summary>
    public static bool IsGone(Exception e) => e is FileNotFoundException or DirectoryNotFoundException;

    /// <summary>True for SHA-256 digests as the store writes them.</summary>
    public static bool IsDigest(string text) =>
        text.Length == 64 && text.All(letter => letter is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
}
