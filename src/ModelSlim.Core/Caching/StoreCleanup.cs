namespace ModelSlim.Core.Caching;

/// <summary>Deletes what a store does not need any more, or all of it.</summary>
/// <param name="layout">Where things are.</param>
internal sealed class StoreCleanup(StoreLayout layout)
{
    private static readonly TimeSpan LeftOverAge = TimeSpan.FromHours(1);
    private static readonly TimeSpan UnfinishedAge = TimeSpan.FromDays(14);

    /// <summary>Deletes records that were stored before a time, and the contents that no other record has.</summary>
    /// <param name="time">The time, in UTC.</param>
    /// <param name="needed">Digests of the contents that the records that are left have.</param>
    /// <returns>Bytes deleted.</returns>
    /// <exception cref="IOException">A file cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">A file must not be deleted.</exception>
    public long Clear(DateTime time, Func<IReadOnlySet<string>> needed)
    {
        var bytes = StoreLayout.Files(layout.Unfinished).Concat(StoreLayout.Files(layout.Records)).ToList().Where(path => File.GetLastWriteTimeUtc(path) < time).Sum(Delete);
        var kept = needed();
        var newest = DateTime.UtcNow - LeftOverAge;
        return bytes + StoreLayout.Files(layout.Contents).ToList()
            .Where(path => !kept.Contains(Path.GetFileName(path)) && File.GetLastWriteTimeUtc(path) < newest)
            .Sum(Delete);
    }

    /// <summary>Deletes everything: records first, so that none is left without its contents.</summary>
    /// <returns>Bytes deleted.</returns>
    /// <exception cref="IOException">A file cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">A file must not be deleted.</exception>
    public long Clear()
    {
        string[] folders = [layout.Records, layout.Contents, layout.Damaged, layout.Unfinished, layout.Uses];
        return folders.Sum(folder => StoreLayout.Files(folder).ToList().Sum(Delete));
    }

    /// <summary>
    /// Deletes what killed processes left half-written, and work that nobody went on with: old, and not held open by anybody.
    /// </summary>
    public void Sweep()
    {
        Sweep(layout.Temporary, LeftOverAge);
        Sweep(layout.Unfinished, UnfinishedAge);
    }

    private static void Sweep(string folder, TimeSpan age)
    {
        var oldest = DateTime.UtcNow - age;
        foreach (var path in StoreLayout.Files(folder).Where(path => File.GetLastWriteTimeUtc(path) < oldest))
        {
            try
            {
                using (var held = KeyLock.TryTake(path))
                {
                    if (held is null)
                    {
                        continue;
                    }
                }

                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody else's, or somebody else is sweeping it.
            }
        }
    }

    private static long Delete(string path)
    {
        var size = new FileInfo(path).Length;
        File.Delete(path);
        return size;
    }
}
