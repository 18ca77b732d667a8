using Google.Protobuf;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx.Protobuf;

namespace ModelSlim.Core.Onnx;

/// <summary>
/// Reads ONNX files. Everything is checked before it is used: sizes against the file before memory is taken for them, names of
/// external data files before they are touched. External data is brought into the message, so that the model is one from then
/// on; no data is held twice while it is read.
/// </summary>
public sealed class OnnxReader
{
    private const int MostDiagnostics = 20;
    private const int HeadLength = 4096;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the model.</param>
    /// <returns>The model, or MSLIM40xx errors at <paramref name="path"/>.</returns>
    public Result<OnnxModel> Read(string path) => Open(path, (file, head, location) =>
        Read(head, () => MessageReader.Read(file), Path.GetDirectoryName(Path.GetFullPath(path)), location));

    /// <summary>Reads only what a file declares as inputs and outputs; weights are neither read nor checked.</summary>
    /// <param name="path">Path of the model.</param>
    /// <returns>The signature, or MSLIM40xx errors at <paramref name="path"/>.</returns>
    public Result<ModelSignature> ReadSignature(string path) => Open<ModelSignature>(path, (file, head, location) =>
    {
        if (Recognise(head, location) is { } other)
        {
            return other;
        }

        try
        {
            return SignatureReader.Read(file) is { } signature
                ? signature
                : DiagnosticCodes.ModelWithoutGraph.At(location, "The model has no graph; export it again.");
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidDataException)
        {
            return Corrupt(e, location);
        }
    });

    /// <summary>Reads a model from memory. Its data must all be in it.</summary>
    /// <param name="file">The bytes of the file; nobody changes them any more.</param>
    /// <param name="location">How to name it in messages.</param>
    public Result<OnnxModel> Read(ReadOnlyMemory<byte> file, SourceSpan? location = null) =>
        Read(file, () => ModelProto.Parser.ParseFrom(file.Span), null, location);

    private static Result<T> Open<T>(string path, Func<FileStream, byte[], SourceSpan, Result<T>> read)
        where T : class
    {
        var location = new SourceSpan(path);
        try
        {
            if (!File.Exists(path))
            {
                return DiagnosticCodes.ModelMissing.At(location, "The model file does not exist; check the path.");
            }

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
            var head = new byte[Math.Min(HeadLength, stream.Length)];
            stream.ReadExactly(head);
            stream.Position = 0;
            return read(stream, head, location);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return DiagnosticCodes.ModelUnreadable.At(location, $"The model cannot be read: {e.Message}");
        }
    }

    private static Diagnostic Corrupt(Exception e, SourceSpan? location) => DiagnosticCodes.ModelCorrupt.At(
        location, $"The file is no complete ONNX model ({e.Message.TrimEnd('.')}); export or download it again.");

    private static Result<OnnxModel> Read(ReadOnlyMemory<byte> head, Func<ModelProto> parse, string? folder, SourceSpan? location)
    {
        if (Recognise(head.Span, location) is { } other)
        {
            return other;
        }

        ModelProto message;
        try
        {
            message = parse();
        }
        catch (InvalidProtocolBufferException e)
        {
            return Corrupt(e, location);
        }

        if (message.Graph is null)
        {
            return message.HasIrVersion || message.OpsetImport.Count > 0
                ? DiagnosticCodes.ModelWithoutGraph.At(location, "The model has no graph; export it again.")
                : DiagnosticCodes.ModelNotOnnx.At(location, "The file is not an ONNX model; give the path of one.");
        }

        var inliner = new ExternalDataInliner(folder, location);
        var errors = MessageWalk.Tensors(message)
            .Select(item => inliner.Inline(item.Label, item.Tensor) ?? Check(item.Label, item.Tensor, location))
            .OfType<Diagnostic>()
            .Concat(GraphCheck.Check(message.Graph, location))
            .Take(MostDiagnostics)
            .ToList();
        return errors.Count > 0
            ? Result<OnnxModel>.Failed(errors)
            : new OnnxModel(new GraphReader(message).Read(message.Graph), message)
            {
                ExternalFiles = [.. inliner.Files],
                StoresSparse = SparseTensors.Any(message.Graph),
            };
    }

    private static Diagnostic? Recognise(ReadOnlySpan<byte> file, SourceSpan? location)
    {
        if (file.IsEmpty)
        {
            return DiagnosticCodes.ModelEmpty.At(location, "The model file is empty; export or download it again.");
        }

        if (FileKind.IsLfsPointer(file))
        {
            return DiagnosticCodes.ModelIsLfsPointer.At(location, "The model is in Git LFS and not here yet; run git lfs pull.");
        }

        return FileKind.Recognise(file) is { } kind
            ? DiagnosticCodes.ModelNotOnnx.At(location, $"The file is {kind}, not an ONNX model; give the path of one.")
            : null;
    }

    private static Diagnostic? Check(string label, TensorProto tensor, SourceSpan? location) =>
        TensorCheck.Check(tensor) is { } problem
            ? DiagnosticCodes.TensorInvalid.At(location, $"The {label} {problem}; export the model again.")
            : null;
}
