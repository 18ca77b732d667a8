using System.Globalization;
using ModelSlim.Core.Onnx.Protobuf;

namespace ModelSlim.Core.Onnx;

/// <summary>Where the data of one tensor lies outside the message.</summary>
/// <param name="Location">The file, relative to the model's folder, as the message has it.</param>
/// <param name="Offset">First byte; null where the message has no valid number.</param>
/// <param name="Length">Number of bytes, as the message or else the shape says; null where neither has a valid number.</param>
internal sealed record ExternalRange(string Location, long? Offset, long? Length)
{
    /// <summary>Reads the entries of a tensor.</summary>
    public static ExternalRange Of(TensorProto tensor)
    {
        string? Entry(string key) => tensor.ExternalData.LastOrDefault(entry => entry.Key == key)?.Value;
        return new ExternalRange(
            Entry("location") ?? "",
            Entry("offset") is { } offset ? Number(offset) : 0,
            Entry("length") is { } length ? Number(length) : TensorSize.Bytes(tensor));
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
