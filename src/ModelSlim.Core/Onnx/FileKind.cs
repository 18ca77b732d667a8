using System.Text;

namespace ModelSlim.Core.Onnx;

/// <summary>Recognises files that people take for ONNX models, by their first bytes.</summary>
internal static class FileKind
{
    private const int Looked = 512;

    /// <summary>True for the text that Git LFS leaves where a file has not been fetched.</summary>
    public static bool IsLfsPointer(ReadOnlySpan<byte> file) => file.StartsWith("version https://git-lfs.github.com/spec/"u8);

    /// <summary>What a file is that cannot be ONNX, such as <c>a web page</c>; null where it may be ONNX.</summary>
    public static string? Recognise(ReadOnlySpan<byte> file) => file switch
    {
        _ when file.StartsWith("PK\u0003\u0004"u8) => "a ZIP archive (PyTorch's .pt and Keras' .keras files are such)",
        _ when file.StartsWith<byte>([0x1F, 0x8B]) => "a gzip file",
        _ when file.StartsWith<byte>([0x89, (byte)'H', (byte)'D', (byte)'F']) => "an HDF5 file",
        _ when file.Length > 8 && file[4..].StartsWith("TFL3"u8) => "a TensorFlow Lite model",
        _ when file.Length > 8 && file[4..].StartsWith("ORTM"u8) => "a model in ONNX Runtime's own format (.ort)",
        _ when IsText(file) => IsMarkup(file) ? "a web page or XML" : "text",
        _ => null,
    };

    private static bool IsMarkup(ReadOnlySpan<byte> file) => file.TrimStart("\uFEFF \t\r\n"u8).StartsWith("<"u8);

    /// <summary>Every ONNX file has bytes below 0x20 at its start, since small numbers and field tags are such bytes.</summary>
    private static bool IsText(ReadOnlySpan<byte> file)
    {
        var start = file[..Math.Min(file.Length, Looked)];
        return !start.ContainsAnyInRange((byte)0, (byte)8) && !start.ContainsAnyInRange((byte)14, (byte)31)
            && !Encoding.UTF8.GetString(start[..Math.Max(0, start.Length - 3)]).Contains('\uFFFD', StringComparison.Ordinal);
    }
}
