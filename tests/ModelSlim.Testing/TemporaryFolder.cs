namespace ModelSlim.Testing;

/// <summary>A new empty folder that is deleted with everything in it when it is disposed of.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Full path.</summary>
    public string FullName { get; } = Directory.CreateTempSubdirectory("modelslim-").FullName;

    /// <summary>Full path of a file or folder in it; makes the folders on the way, not the file.</summary>
    public string File(params string[] parts)
    {
        var path = Path.Combine([FullName, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Writes a file in it and gives its full path.</summary>
    public string Write(string name, ReadOnlySpan<byte> content)
    {
        var path = File(name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Writes a text file in it and gives its full path.</summary>
    public string Write(string name, string content)
    {
        var path = File(name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(FullName))
        {
            Directory.Delete(FullName, recursive: true);
        }
    }
}
