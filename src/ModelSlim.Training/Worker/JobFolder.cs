namespace ModelSlim.Training.Worker;

/// <summary>A temporary folder of this user alone that one job's files are in. It goes when the job is over.</summary>
internal sealed class JobFolder : IDisposable
{
    private JobFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Makes a folder.</summary>
    public static JobFolder Create() => new(Directory.CreateTempSubdirectory("modelslim-job-").FullName);

    /// <summary>Full path of a file in the folder.</summary>
    public string Of(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Removes the folder. What cannot be removed is left to the operating system.</summary>
    public void Dispose() => Remove(Path);

    /// <summary>Removes a job's folder.</summary>
    public static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Windows refuses while a process that was just killed still holds a file.
        }
    }
}
