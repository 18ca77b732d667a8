using System.IO.Compression;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.Data;

/// <summary>
/// Opens IDX and npy files. A plain file is read when its rows are asked for; a gzip file is unpacked, into memory or a temporary
/// file, never beyond what its own header declares, and what the header declares is checked before anything is taken.
/// </summary>
internal sealed class ArrayReader
{
    /// <summary>Deflate cannot make more bytes than this out of one.</summary>
    public const long MaxDeflateRatio = 1032;

    /// <summary>Opens a file.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="kind">Idx or Npy.</param>
    /// <param name="limit">At most this many rows; null means all.</param>
    /// <param name="location">Where the recipe names the file.</param>
    public Result<StoredArray> Open(string path, DataKind kind, int? limit, SourceSpan? location) =>
        DataFile.Read(path, Name(kind), location, file =>
            DataFile.IsPacked(file) ? OpenPacked(file, kind, limit, location) : OpenPlain(file, kind, limit, location));

    private static Result<StoredArray> OpenPlain(FileStream file, DataKind kind, int? limit, SourceSpan? location)
    {
        var header = ReadHeader(file, kind);
        var rowBytes = header.RowBytes;
        var declared = checked(header.Length + (rowBytes * header.Shape[0]));
        if (declared != file.Length)
        {
            return DiagnosticCodes.DataTruncated.At(
                location, $"{file.Name} has {file.Length} bytes, but its header declares {header.Words}, {declared} bytes.");
        }

        var rows = header.Rows(limit);
        return rows * rowBytes == 0
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
        var rows = header.Rows(limit);
        var wanted = checked(header.RowBytes * rows);
        if (wanted == 0)
        {
            return Empty(file, header, location);
        }

        if (wanted > file.Length * MaxDeflateRatio)
        {
            return DiagnosticCodes.DataTruncated.At(
                location, $"{file.Name} has {file.Length} bytes, too few for the {header.Words} that its header declares.");
        }

        try
        {
            using var spool = new Spool();
            spool.CopyFrom(stream, wanted);
            if (rows == header.Shape[0] && stream.ReadByte() >= 0)
            {
                return DiagnosticCodes.DataTruncated.At(
                    location, $"{file.Name} holds more bytes than the {header.Words} that its header declares.");
            }

            return new StoredArray(file.Name, header, rows, spool.Finish(file.Name), offset: 0);
        }
        catch (InvalidDataException)
        {
            return DiagnosticCodes.DataTruncated.At(
                location, $"{file.Name} is a damaged gzip file; copy or download it again.");
        }
    }

    private static Diagnostic Empty(FileStream file, ArrayHeader header, SourceSpan? location) =>
        DiagnosticCodes.DataEmpty.At(location, $"{file.Name} holds no samples: its shape is {header.Words}.");

    private static ArrayHeader ReadHeader(Stream stream, DataKind kind) =>
        kind == DataKind.Idx ? IdxHeader.Read(stream) : NpyHeader.Read(stream);

    private static string Name(DataKind kind) => kind == DataKind.Idx ? "IDX" : "npy";
}
