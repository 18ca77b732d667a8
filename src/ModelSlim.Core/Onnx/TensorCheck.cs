using ModelSlim.Core.Onnx.Protobuf;
using DataType = ModelSlim.Core.Onnx.Protobuf.TensorProto.Types.DataType;

namespace ModelSlim.Core.Onnx;

/// <summary>Says what is wrong with a stored tensor whose data is in the message.</summary>
internal static class TensorCheck
{
    /// <summary>What is wrong, as the end of a sentence that names the tensor, or null.</summary>
    public static string? Check(TensorProto tensor)
    {
        if (TensorSize.Bits(tensor.DataType) is not { } bits)
        {
            return $"has the unknown element type {tensor.DataType}";
        }

        if (TensorSize.Elements(tensor.Dims) is not { } count)
        {
            return $"has the impossible shape [{string.Join(", ", tensor.Dims.Take(16))}]";
        }

        if (tensor.Segment is not null)
        {
            return "is stored in segments, which ModelSlim does not read";
        }

        var wanted = ((count * bits) + 7) / 8;
        if (wanted > Array.MaxLength)
        {
            return $"has the impossible shape [{string.Join(", ", tensor.Dims.Take(16))}]";
        }

        if (tensor.RawData.Length > 0)
        {
            return tensor.RawData.Length == wanted && bits > 0
                ? null
                : $"has {tensor.RawData.Length} bytes of data where its shape needs {wanted}";
        }

        var (numbers, wantedNumbers) = Stored(tensor, count, bits);
        return numbers == wantedNumbers ? null : $"has {numbers} numbers of data where its shape needs {wantedNumbers}";
    }

    private static (int Stored, long Wanted) Stored(TensorProto tensor, long count, int bits) =>
        (DataType)tensor.DataType switch
        {
            DataType.String => (tensor.StringData.Count, count),
            DataType.Float => (tensor.FloatData.Count, count),
            DataType.Complex64 => (tensor.FloatData.Count, 2 * count),
            DataType.Double => (tensor.DoubleData.Count, count),
            DataType.Complex128 => (tensor.DoubleData.Count, 2 * count),
            DataType.Int64 => (tensor.Int64Data.Count, count),
            DataType.Uint32 or DataType.Uint64 => (tensor.Uint64Data.Count, count),
            _ => (tensor.Int32Data.Count, bits < 8 ? ((count * bits) + 7) / 8 : count),
        };
}
