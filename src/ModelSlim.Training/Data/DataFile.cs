using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Training.Data;

/// <summary>Opens files of data and says what is wrong with them in one way, whatever their format.</summary>
internal static class DataFile
{
    /// <summary>Opens a file and reads from it.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="format">What it should be, for messages.</param>
    /// <param name="location">Where the recipe names the file.</param>
    /// <param name="read">
    /// Reads; may throw <see cref="EndOfStreamException"/>, <see cref="InvalidDataException"/> (its message without the file's
    /// name), <see cref="OverflowException"/> and <see cref="IOException"/>. The file is closed afterwards.
    /// </param>
    public static Result<T> Read<T>(string path, string format, SourceSpan? location, Func<FileStream, Result<T>> read)
        where T : class
    {
        if (!File.Exists(path))
        {
            var found = Directory.Exists(path) ? "is a folder; name the file" : "does not exist";
            return DiagnosticCodes.DataMissing.At(location, $"{path} {found}.");
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return Refuse(file, location) is { } refusal ? refusal : read(file);
        }
        catch (EndOfStreamException)
        {
            return DiagnosticCodes.DataTruncated.At(location, $"{path} ends too early; copy or download it again.");
        }
        catch (InvalidDataException invalid)
        {
            return DiagnosticCodes.DataMalformed.At(location, $"{path} cannot be read as {format}: {invalid.Message.TrimEnd('.')}.");
        }
        catch (OverflowException)
        {
            return DiagnosticCodes.DataTooLarge.At(location, $"{path} declares an array that is too large to be read.");
        }
        catch (TemporarySpaceException full)
        {
            return DiagnosticCodes.DataTooLarge.At(location, $"{path} {full.Message}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return DiagnosticCodes.DataMalformed.At(location, $"{path} cannot be opened: {failure.Message}");
        }
    }

    /// <summary>True where a file is packed with gzip; its position stays at the front.</summary>
    public static bool IsPacked(FileStream file)
    {
        Span<byte> front = stackalloc byte[2];
        var read = file.ReadAtLeast(front, front.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 2 && front is [0x1F, 0x8B];
    }

    private static Diagnostic? Refuse(FileStream file, SourceSpan? location)
    {
        if (file.Length == 0)
        {
            return DiagnosticCodes.DataEmpty.At(location, $"{file.Name} is empty.");
        }

        Span<byte> front = stackalloc byte[23];
        front = front[..file.ReadAtLeast(front, front.Length, throwOnEndOfStream: false)];
        file.Position = 0;
        return front.SequenceEqual("version https://git-lfs"u8)
            ? DiagnosticCodes.DataMalformed.At(location, $"{file.Name} is a Git LFS pointer; run git lfs pull.")
            : null;
    }
}
