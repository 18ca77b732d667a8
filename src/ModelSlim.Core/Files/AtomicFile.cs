namespace ModelSlim.Core.Files;

/// <summary>
/// Writes files so that they are there whole or not at all: aside in the same folder, flushed to the disk, then moved into
/// place. Whoever reads at the same time sees the old file or the new one.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes a file, in place of one of that name if there is one. Makes the folder if it does not exist.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The operating system refuses; nothing of the new file is left.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file must not be written.</exception>
    public static void Write(string path, Action<Stream> write) => TryWrite(path, stream =>
    {
        write(stream);
        return true;
    });

    /// <summary>Like <see cref="Write"/>, but leaves everything as it was where <paramref name="write"/> says false.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="write">Writes the content, and says whether it is good.</param>
    /// <returns>What <paramref name="write"/> said.</returns>
    /// <exception cref="IOException">The operating system refuses; nothing of the new file is left.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file must not be written.</exception>
    public static bool TryWrite(string path, Func<Stream, bool> write)
    {
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target) ?? throw new IOException($"'{path}' is not the path of a file.");
        Directory.CreateDirectory(folder);
        var aside = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            bool good;
            using (var stream = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                good = write(stream);
                stream.Flush(flushToDisk: good);
            }

            if (good)
            {
                File.Move(aside, target, overwrite: true);
            }
            else
            {
                File.Delete(aside);
            }

            return good;
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }
}
