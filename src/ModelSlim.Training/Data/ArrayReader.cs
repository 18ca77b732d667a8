using System.IO.Compression;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Data;

/// <summary>
/// Opens IDX and npy files. A plain file is read when its rows are asked for; a gzip file is unpacked into memory, never
/// beyond what its own header declares, and what the header declares is checked before memory is taken.
/// </summary>
internal sealed class ArrayReader
{
    // Deflate cannot make more than 1032 bytes out of one.
    private const long MaxDeflateRatio = 1032;

    /// <summary>Opens a file.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="kind">Idx or Npy.</param>
    /// <param name="limit">At most this many rows; null means all.</param>
    /// <param name="location">Where the recipe names the file.</param>
    public Result<StoredArray> Open(string path, DataKind kind, int? limit, SourceSpan? location)
    {
        if (!File.Exists(path))
        {
            var found = Directory.Exists(path) ? "is a folder; name the file" : "does not exist";
            return DiagnosticCodes.DataMissing.At(location, $"{path} {found}.");
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return Open(file, kind, limit, location);
        }
        catch (EndOfStreamException)
        {
            return DiagnosticCodes.DataTruncated.At(location, $"{path} ends too early; copy or download it again.");
        }
        catch (InvalidDataException invalid)
        {
            return DiagnosticCodes.DataMalformed.At(location, $"{path} cannot be read as {Name(kind)}: {invalid.Message}.");
        }
        catch (OverflowException)
        {
            return DiagnosticCodes.DataTooLarge.At(location, $"{path} declares an array that is too large to be read.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return DiagnosticCodes.DataMalformed.At(location, $"{path} cannot be opened: {failure.Message}");
        }
    }

    private static Result<StoredArray> Open(FileStream file, DataKind kind, int? limit, SourceSpan? location)
    {
        if (file.Length == 0)
        {
            return DiagnosticCodes.DataEmpty.At(location, $"{file.Name} is empty.");
        }

        Span<byte> front = stackalloc byte[23];
        front = front[..file.ReadAtLeast(front, front.Length, throwOnEndOfStream: false)];
        file.Position = 0;
        if (front.SequenceEqual("version https://git-lfs"u8))
        {
            return DiagnosticCodes.DataMalformed.At(location, $"{file.Name} is a Git LFS pointer; run git lfs pull.");
        }

        if (front is [0x1F, 0x8B, ..])
        {
            return OpenPacked(file, kind, limit, location);
        }

        var header = ReadHeader(file, kind);
        var rowBytes = RowBytes(header);
        var declared = checked(header.Length + (rowBytes * header.Shape[0]));
        if (declared != file.Length)
        {
            return DiagnosticCodes.DataTruncated.At(
                location, $"{file.Name} has {file.Length} bytes, but its header declares {Text(header)}, {declared} bytes.");
        }

        return Rows(header, limit) is var rows && rows * rowBytes == 0
            ? Empty(file, header, location)
            : new StoredArray(
                file.Name,
                header,
                rows,
                new ByteSource.OfFile(file.Name, File.OpenHandle(file.Name)),
                header.Length);
    }

    private static Result<StoredArray> OpenPacked(FileStream file, DataKind kind, int? limit, SourceSpan? location)
    {
        using var stream = new GZipStream(file, CompressionMode.Decompress);
        var header = ReadHeader(stream, kind);
        var rows = Rows(header, limit);
        var wanted = checked(RowBytes(header) * rows);
        if (wanted == 0)
        {
            return Empty(file, header, location);
        }

        if (wanted > file.Length * MaxDeflateRatio)
        {
            return DiagnosticCodes.DataTruncated.At(
                location, $"{file.Name} has {file.Length} bytes, too few for the {Text(header)} that its header declares.");
        }

        if (wanted > Array.MaxLength)
        {
            return DiagnosticCodes.DataTooLarge.At(
                location, $"{file.Name} unpacks to more than {Array.MaxLength} bytes; unpack it on disk, or set a limit.");
        }

        try
        {
            var elements = new byte[wanted];
            stream.ReadExactly(elements);
            if (rows == header.Shape[0] && stream.ReadByte() >= 0)
            {
                return DiagnosticCodes.DataTruncated.At(
                    location, $"{file.Name} holds more bytes than the {Text(header)} that its header declares.");
            }

            return new StoredArray(file.Name, header, rows, new ByteSource.OfMemory(elements), offset: 0);
        }
        catch (InvalidDataException)
        {
            return DiagnosticCodes.DataTruncated.At(
                location, $"{file.Name} is a damaged gzip file; copy or download it again.");
        }
    }

    private static Diagnostic Empty(FileStream file, ArrayHeader header, SourceSpan? location) =>
        DiagnosticCodes.DataEmpty.At(location, $"{file.Name} holds no samples: its shape is {Text(header)}.");

    private static ArrayHeader ReadHeader(Stream stream, DataKind kind) =>
        kind == DataKind.Idx ? IdxHeader.Read(stream) : NpyHeader.Read(stream);

    private static int Rows(ArrayHeader header, int? limit) => Math.Min(header.Shape[0], limit ?? int.MaxValue);

    private static long RowBytes(ArrayHeader header)
    {
        var bytes = checked(TensorData.Count(header.Shape[1..]) * TensorData.SizeOf(header.Type));
        return bytes <= Array.MaxLength ? bytes : throw new OverflowException();
    }

    private static string Name(DataKind kind) => kind == DataKind.Idx ? "IDX" : "npy";

    private static string Text(ArrayHeader header) => $"[{string.Join(", ", header.Shape)}] {header.Type}";
}
