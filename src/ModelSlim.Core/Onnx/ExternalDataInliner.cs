using Google.Protobuf;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Files;
using ModelSlim.Core.Onnx.Protobuf;

namespace ModelSlim.Core.Onnx;

/// <summary>Brings external data into the message, so that the message alone is the model.</summary>
/// <param name="folder">The model's folder; null for a model that is not in a file.</param>
/// <param name="location">The model, for messages.</param>
internal sealed class ExternalDataInliner(string? folder, SourceSpan? location)
{
    private const int MostReadings = 8;

    private readonly SortedSet<string> files = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Path, long Offset, long Length), ByteString> known = [];
    private readonly Dictionary<string, long> given = new(
        OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);

    /// <summary>The files that were read, relative to the model's folder, in ordinal order.</summary>
    public IEnumerable<string> Files => files;

    /// <summary>Moves the data of one tensor into it. Does nothing to a tensor that has its data.</summary>
    /// <returns>What is wrong, or null.</returns>
    public Diagnostic? Inline(string label, TensorProto tensor)
    {
        if (tensor.DataLocation != TensorProto.Types.DataLocation.External)
        {
            return null;
        }

        var range = ExternalRange.Of(tensor);
        if (!ExternalLocation.IsInside(range.Location))
        {
            return Outside(label, range);
        }

        if (folder is null)
        {
            return Missing(label, range);
        }

        if (ExternalLocation.Resolve(folder, range.Location) is not { } path)
        {
            return Outside(label, range);
        }

        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return Missing(label, range);
        }

        if (LinkCount.Of(path) > 1)
        {
            return DiagnosticCodes.ExternalDataOutside.At(
                location,
                $"The data of {label} is in '{range.Location}', which is a hard link: the file has another name, maybe outside of the model's " +
                "folder; put a copy in its place.");
        }

        var wanted = TensorSize.Bytes(tensor);
        if (wanted is null || range.Offset is not { } offset || range.Length != wanted || wanted > file.Length - offset)
        {
            return DiagnosticCodes.ExternalDataRange.At(
                location,
                $"The data of {label} does not lie within '{range.Location}' ({file.Length} bytes); fetch the file again.");
        }

        if (wanted > Array.MaxLength)
        {
            return DiagnosticCodes.ModelTooLarge.At(location, $"The {label} is larger than 2 GiB, which ModelSlim does not read.");
        }

        // Tensors may share a range, and ranges may overlap; but not so often that a small file takes a large memory.
        var key = (path, offset, wanted.Value);
        if (!known.TryGetValue(key, out var data))
        {
            given[path] = given.GetValueOrDefault(path) + wanted.Value;
            if (given[path] > MostReadings * file.Length)
            {
                return DiagnosticCodes.ModelTooLarge.At(
                    location, $"The tensors in '{range.Location}' overlap, and are together many times larger than the file ({file.Length} bytes); save the model again.");
            }

            known[key] = data = UnsafeByteOperations.UnsafeWrap(Read(path, offset, (int)wanted.Value));
        }

        files.Add(range.Location);
        tensor.RawData = data;
        tensor.ExternalData.Clear();
        tensor.ClearDataLocation();
        return null;
    }

    private static byte[] Read(string path, long offset, int length)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(length);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        stream.Position = offset;
        stream.ReadExactly(bytes);
        return bytes;
    }

    private Diagnostic Outside(string label, ExternalRange range) => DiagnosticCodes.ExternalDataOutside.At(
        location,
        $"The data of {label} is said to be in '{range.Location}', which is not a file in the model's own folder; " +
        "save the model with its data beside it.");

    private Diagnostic Missing(string label, ExternalRange range) => DiagnosticCodes.ExternalDataMissing.At(
        location, $"The file '{range.Location}' with the data of {label} does not exist; put it beside the model.");
}
