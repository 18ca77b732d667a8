using Google.Protobuf;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx.Protobuf;

namespace ModelSlim.Core.Onnx;

/// <summary>Brings external data into the message, so that the message alone is the model.</summary>
/// <param name="folder">The model's folder; null for a model that is not in a file.</param>
/// <param name="budget">Most bytes to bring in.</param>
/// <param name="location">The model, for messages.</param>
internal sealed class ExternalDataInliner(string? folder, long budget, SourceSpan? location)
{
    private readonly SortedSet<string> files = new(StringComparer.Ordinal);
    private long total;

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

        var wanted = TensorSize.Bytes(tensor);
        if (wanted is null || range.Offset is not { } offset || range.Length != wanted || wanted > file.Length - offset)
        {
            return DiagnosticCodes.ExternalDataRange.At(
                location,
                $"The data of {label} does not lie within '{range.Location}' ({file.Length} bytes); fetch the file again.");
        }

        total += wanted.Value;
        if (total > budget)
        {
            return DiagnosticCodes.ModelTooLarge.At(
                location, "The model and its external data are more than 1 GiB, which is more than ModelSlim reads.");
        }

        var bytes = new byte[wanted.Value];
        using var stream = file.OpenRead();
        stream.Position = offset;
        stream.ReadExactly(bytes);
        tensor.RawData = UnsafeByteOperations.UnsafeWrap(bytes);
        tensor.ExternalData.Clear();
        tensor.ClearDataLocation();
        files.Add(range.Location);
        return null;
    }

    private Diagnostic Outside(string label, ExternalRange range) => DiagnosticCodes.ExternalDataOutside.At(
        location,
        $"The data of {label} is said to be in '{range.Location}', which is not a file in the model's own folder; " +
        "save the model with its data beside it.");

    private Diagnostic Missing(string label, ExternalRange range) => DiagnosticCodes.ExternalDataMissing.At(
        location, $"The file '{range.Location}' with the data of {label} does not exist; put it beside the model.");
}
