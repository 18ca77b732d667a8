using System.Collections.Immutable;

namespace ModelSlim.Core.Caching;

/// <summary>The records of a store, each a file named by its key. While one is open, whoever removes results leaves it alone.</summary>
/// <param name="layout">Where things are.</param>
internal sealed class RecordStore(StoreLayout layout)
{
    /// <summary>Opens a record, with a shared lock that whoever removes finds.</summary>
    /// <param name="path">Path of its file.</param>
    /// <returns>The file; null where the record is being removed, or was between its opening and its locking.</returns>
    /// <exception cref="IOException">It cannot be opened, or there is none.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static FileStream? Open(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (File.Exists(path))
            {
                return file;
            }

            file.Dispose();
            return null;
        }
        catch (IOException e) when (KeyLock.IsHeld(e))
        {
            return null;
        }
    }

    /// <summary>Reads an open record; null where it is no record of its key.</summary>
    /// <param name="file">The file, at its start.</param>
    /// <param name="key">The key.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ArtifactRecord? Read(FileStream file, string key)
    {
        if (file.Length > ArtifactRecordFile.Largest)
        {
            return null;
        }

        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return ArtifactRecordFile.Read(bytes, key);
    }

    /// <summary>Reads the record in a file; null where it is none of the key that the file is named by.</summary>
    /// <param name="path">Path of its file.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static ArtifactRecord? Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        return Read(file, Path.GetFileName(path));
    }

    /// <summary>Every sound record, by key.</summary>
    public ImmutableArray<ArtifactRecord> List() =>
    [
        .. StoreLayout.Files(layout.Records)
            .OrderBy(Path.GetFileName, StringComparer.Ordinal)
            .Select(ReadIfSound)
            .OfType<ArtifactRecord>(),
    ];

    /// <summary>Puts a record in, in one step, once its contents are there.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public void Publish(ArtifactRecord record)
    {
        var aside = layout.NewTemporary();
        try
        {
            using (var file = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                file.Write(ArtifactRecordFile.Write(record));
                file.Flush(flushToDisk: true);
            }

            BlobStore.Publish(aside, layout.Record(record.Fingerprint.Key));
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    private static ArtifactRecord? ReadIfSound(string path)
    {
        try
        {
            return Read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
