namespace ModelSlim.Core.Caching;

/// <summary>
/// When results were used last, kept as the times of empty files. It only decides what goes first when a store is full, so trouble with
/// it is no trouble, and a clock that was wrong for a while does no harm: a use in the future counts as one now.
/// </summary>
/// <param name="layout">Where things are.</param>
/// <param name="time">The clock.</param>
internal sealed class RecentUse(StoreLayout layout, TimeProvider time)
{
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(10);

    /// <summary>Notes that a result is used now, at most every ten minutes.</summary>
    public void Note(string key)
    {
        var path = layout.Use(key);
        var now = time.GetUtcNow().UtcDateTime;
        try
        {
            var age = now - File.GetLastWriteTimeUtc(path);
            if (age >= -Grain && age < Grain)
            {
                return;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (File.Open(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            {
            }

            File.SetLastWriteTimeUtc(path, now);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A store that is only read, or somebody else's note.
        }
    }

    /// <summary>When a result was used last, in UTC: put in, or taken. Never later than now; what claims to be is noted anew.</summary>
    /// <param name="key">The result.</param>
    /// <param name="stored">When it was put in.</param>
    public DateTime Last(string key, DateTime stored)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var used = File.GetLastWriteTimeUtc(layout.Use(key));
        var last = used > stored ? used : stored;
        if (last <= now)
        {
            return last;
        }

        Note(key);
        return now;
    }
}
