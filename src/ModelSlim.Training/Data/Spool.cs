namespace ModelSlim.Training.Data;

/// <summary>
/// Bytes that are made once, front to back, and then read from any place: in memory as long as they are few, in a private
/// temporary file where they are many. The file has no name any more once it is open, or is deleted with the last handle.
/// </summary>
/// <param name="mostInMemory">How many bytes stay in memory.</param>
internal sealed class Spool(int mostInMemory = Spool.MostInMemory) : IDisposable
{
    /// <summary>Bytes that stay in memory unless it is said otherwise.</summary>
    public const int MostInMemory = 64 * 1024 * 1024;

    private MemoryStream memory = new();
    private FileStream? file;

    /// <summary>Adds bytes.</summary>
    /// <exception cref="TemporarySpaceException">The folder of temporary files does not take them.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (file is null && memory.Length + bytes.Length > mostInMemory)
            {
                file = Open();
                memory.WriteTo(file);
                memory = new MemoryStream();
            }

            ((Stream?)file ?? memory).Write(bytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw NoSpace(failure);
        }
    }

    /// <summary>Copies an exact number of bytes.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    /// <exception cref="TemporarySpaceException">The folder of temporary files does not take them.</exception>
    public void CopyFrom(Stream source, long count)
    {
        var buffer = new byte[(int)Math.Min(count, 1 << 20)];
        while (count > 0)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(count, buffer.Length));
            source.ReadExactly(part);
            Write(part);
            count -= part.Length;
        }
    }

    /// <summary>The bytes, which from now on belong to the caller.</summary>
    /// <param name="name">What they are, for messages.</param>
    /// <exception cref="TemporarySpaceException">The folder of temporary files does not take them.</exception>
    public ByteSource Finish(string name)
    {
        if (file is not { } full)
        {
            return new ByteSource.OfMemory(memory.ToArray());
        }

        try
        {
            full.Flush();
        }
        catch (IOException failure)
        {
            throw NoSpace(failure);
        }

        file = null;
        return new ByteSource.OfFile(name, full.SafeFileHandle, full);
    }

    /// <summary>Lets go of bytes that nobody took.</summary>
    public void Dispose() => file?.Dispose();

    private static FileStream Open()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            BufferSize = 1 << 16,
        };
        if (OperatingSystem.IsWindows())
        {
            options.Options = FileOptions.DeleteOnClose;
        }
        else
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var path = Path.Combine(Path.GetTempPath(), $"modelslim-data-{Path.GetRandomFileName()}");
        var stream = new FileStream(path, options);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }

        return stream;
    }

    private static TemporarySpaceException NoSpace(Exception failure) => new(
        $"is unpacked into {Path.GetTempPath()}, which does not take it: {failure.Message}; set TMPDIR (TEMP on Windows) to a folder with more room.",
        failure);
}
