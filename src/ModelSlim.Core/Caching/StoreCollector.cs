using System.Collections.Immutable;

namespace ModelSlim.Core.Caching;

/// <summary>
/// Removes what a store may not keep: damaged files and contents that no record has, then the results that were used longest ago. A
/// record goes before its contents, so that whoever is killed on the way leaves contents without a record, which go the next time.
/// What somebody reads has a lock on its record and stays.
/// </summary>
/// <param name="layout">Where things are.</param>
/// <param name="uses">When results were used.</param>
/// <param name="time">The clock.</param>
/// <param name="lockable">False where locks keep nobody apart; then nothing goes that is younger than an hour.</param>
internal sealed class StoreCollector(StoreLayout layout, RecentUse uses, TimeProvider time, bool lockable)
{
    private static readonly TimeSpan Young = TimeSpan.FromHours(1);

    private readonly Dictionary<string, int> references = new(StringComparer.Ordinal);
    private readonly List<string> removed = [];
    private long bytes;
    private long freed;
    private int inUse;

    /// <summary>Bytes of all that counts.</summary>
    public static long SizeOf(StoreLayout layout) =>
        new[] { layout.Contents, layout.Records, layout.Damaged }.SelectMany(StoreLayout.Files).Sum(LengthOf);

    /// <summary>Removes, once: a collector is for one run. For whoever has the gate alone.</summary>
    /// <param name="limits">What may stay.</param>
    /// <param name="cancellationToken">Ends it between two results.</param>
    /// <exception cref="IOException">A file cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">A file must not be deleted.</exception>
    public StoreCollection Collect(StoreLimits limits, CancellationToken cancellationToken)
    {
        bytes = SizeOf(layout);
        var entries = Read(out var complete);
        foreach (var path in StoreLayout.Files(layout.Damaged).ToList().Where(path => IsOver(limits, File.GetLastWriteTimeUtc(path))))
        {
            Delete(path);
        }

        // Where a record cannot be read, nobody knows what it needs.
        foreach (var path in StoreLayout.Files(layout.Contents).ToList().Where(path => complete && !references.ContainsKey(Path.GetFileName(path)) && IsOld(path)))
        {
            Delete(path);
        }

        var kept = entries.Count;
        foreach (var entry in entries.OrderBy(entry => entry.Used).ThenBy(entry => entry.Key, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsOver(limits, entry.Used) && Remove(entry, complete))
            {
                kept--;
            }
        }

        var keys = entries.Select(entry => entry.Key).Except(removed, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        foreach (var path in StoreLayout.Files(layout.Uses).ToList().Where(path => complete && !keys.Contains(Path.GetFileName(path))))
        {
            Delete(path);
        }

        return new StoreCollection { Removed = [.. removed], Bytes = freed, Kept = kept, BytesKept = bytes, InUse = inUse };
    }

    private static long LengthOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }

    private List<Entry> Read(out bool complete)
    {
        complete = true;
        var entries = new List<Entry>();
        foreach (var path in StoreLayout.Files(layout.Records).ToList())
        {
            var key = Path.GetFileName(path);
            try
            {
                // A record that is none names nothing that anybody could ask for, and goes like any other.
                var record = StoreLayout.IsDigest(key) ? RecordStore.Read(path) : null;
                var contents = record?.Outputs.Select(output => output.Digest.Sha256).Distinct(StringComparer.Ordinal).ToImmutableArray() ?? [];
                foreach (var content in contents)
                {
                    references[content] = references.GetValueOrDefault(content) + 1;
                }

                var stored = File.GetLastWriteTimeUtc(path);
                entries.Add(new Entry(key, path, StoreLayout.IsDigest(key) ? uses.Last(key, stored) : stored, contents));
            }
            catch (Exception e) when (StoreLayout.IsGone(e))
            {
                // Set aside meanwhile.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                complete = false;
            }
        }

        return entries;
    }

    private bool IsOver(StoreLimits limits, DateTime used) =>
        bytes > (limits.MaxSize ?? long.MaxValue) || (limits.MaxAge is { } age && time.GetUtcNow().UtcDateTime - used > age);

    private bool IsOld(string path) => lockable || time.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(path) > Young;

    private bool Remove(Entry entry, bool complete)
    {
        try
        {
            using var held = lockable ? KeyLock.TryTakeExisting(entry.Path) : KeyLock.None;
            if (held is null || !IsOld(entry.Path))
            {
                inUse++;
                return false;
            }

            Delete(entry.Path);
        }
        catch (Exception e) when (StoreLayout.IsGone(e))
        {
            return true;
        }

        removed.Add(entry.Key);
        if (StoreLayout.IsDigest(entry.Key))
        {
            Delete(layout.Use(entry.Key));
        }

        foreach (var content in entry.Contents.Where(content => --references[content] == 0 && complete))
        {
            Delete(layout.Content(content));
        }

        return true;
    }

    private void Delete(string path)
    {
        var size = LengthOf(path);
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            return;
        }

        bytes -= size;
        freed += size;
    }

    private sealed record Entry(string Key, string Path, DateTime Used, ImmutableArray<string> Contents);
}
