namespace ModelSlim.Core.Caching;

/// <summary>Folders, one a key, in which whoever makes a result keeps how far they are.</summary>
/// <param name="layout">Where things are.</param>
internal sealed class UnfinishedWork(StoreLayout layout)
{
    /// <summary>The folder of a key, which this user alone can read.</summary>
    /// <returns>Full path; null where it cannot be made.</returns>
    public string? Begin(string key)
    {
        var path = layout.Progress(key);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Deletes the folder of a key.</summary>
    public void Finish(string key)
    {
        try
        {
            Directory.Delete(layout.Progress(key), recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // There is none, or it goes when the store is opened and it is old.
        }
    }
}
