namespace ModelSlim.Core.Files;

/// <summary>A new folder among the system's temporary files, deleted with everything in it when it is disposed of.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    /// <summary>Full path.</summary>
    public string FullName { get; } = Directory.CreateTempSubdirectory("modelslim-").FullName;

    /// <summary>Full path of a file in it.</summary>
    public string Of(string name) => Path.Combine(FullName, name);

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(FullName, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file that somebody still has open; the system clears its temporary files itself.
        }
    }
}
