using ModelSlim.Core.Onnx.Protobuf;
using DataType = ModelSlim.Core.Onnx.Protobuf.TensorProto.Types.DataType;

namespace ModelSlim.Core.Onnx;

/// <summary>How many elements and bytes a stored tensor must have, by its shape and element type.</summary>
internal static class TensorSize
{
    /// <summary>Number of elements, or null where an extent is negative or the product is more than an array holds.</summary>
    public static long? Elements(IEnumerable<long> extents)
    {
        var count = 1L;
        foreach (var extent in extents)
        {
            if (extent < 0 || extent > Array.MaxLength)
            {
                return null;
            }

            count *= extent;
            if (count > Array.MaxLength)
            {
                return null;
            }
        }

        return count;
    }

    /// <summary>Bits of one element in raw data; 0 for strings, which raw data cannot hold; null for an unknown type.</summary>
    public static int? Bits(int dataType) => (DataType)dataType switch
    {
        DataType.String => 0,
        DataType.Uint2 or DataType.Int2 => 2,
        DataType.Uint4 or DataType.Int4 or DataType.Float4E2M1 => 4,
        DataType.Uint8 or DataType.Int8 or DataType.Bool => 8,
        DataType.Float8E4M3Fn or DataType.Float8E4M3Fnuz or DataType.Float8E5M2 or DataType.Float8E5M2Fnuz => 8,
        DataType.Float8E8M0 => 8,
        DataType.Uint16 or DataType.Int16 or DataType.Float16 or DataType.Bfloat16 => 16,
        DataType.Float or DataType.Int32 or DataType.Uint32 => 32,
        DataType.Double or DataType.Int64 or DataType.Uint64 or DataType.Complex64 => 64,
        DataType.Complex128 => 128,
        _ => null,
    };

    /// <summary>Bytes of raw data, the last one filled up; null where the shape or type is not valid.</summary>
    public static long? Bytes(TensorProto tensor) =>
        Elements(tensor.Dims) is { } count && Bits(tensor.DataType) is { } bits ? ((count * bits) + 7) / 8 : null;
}
