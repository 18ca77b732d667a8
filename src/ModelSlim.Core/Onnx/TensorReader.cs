using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Google.Protobuf.Collections;
using ModelSlim.Core.Onnx.Protobuf;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Onnx;

/// <summary>Stored tensor (ONNX <c>TensorProto</c>) to constant. Only for tensors that <see cref="TensorCheck"/> passed.</summary>
internal static class TensorReader
{
    /// <summary>The constant, or null for element types that ModelSlim keeps but does not read, such as strings.</summary>
    public static TensorData? Read(TensorProto tensor)
    {
        if (tensor.DataType is <= (int)ElementType.Undefined or (int)ElementType.String or > (int)ElementType.BFloat16)
        {
            return null;
        }

        ImmutableArray<int> shape = [.. tensor.Dims.Select(extent => (int)extent)];
        return new TensorData((ElementType)tensor.DataType, shape, Bytes(tensor));
    }

    private static ReadOnlyMemory<byte> Bytes(TensorProto tensor)
    {
        if (tensor.RawData.Length > 0)
        {
            return tensor.RawData.Memory;
        }

        return (ElementType)tensor.DataType switch
        {
            ElementType.Float or ElementType.Complex64 => Copy(tensor.FloatData),
            ElementType.Double or ElementType.Complex128 => Copy(tensor.DoubleData),
            ElementType.Int64 => Copy(tensor.Int64Data),
            ElementType.UInt64 => Copy(tensor.Uint64Data),
            ElementType.UInt32 => Narrow(tensor.Uint64Data, value => unchecked((uint)value)),
            ElementType.Int32 => Copy(tensor.Int32Data),
            ElementType.UInt8 or ElementType.Int8 or ElementType.Bool =>
                Narrow(tensor.Int32Data, value => unchecked((byte)value)),
            _ => Narrow(tensor.Int32Data, value => unchecked((ushort)value)),
        };
    }

    private static byte[] Copy<T>(RepeatedField<T> values)
        where T : struct => MemoryMarshal.AsBytes<T>(values.ToArray()).ToArray();

    private static byte[] Narrow<TWide, T>(RepeatedField<TWide> values, Converter<TWide, T> convert)
        where T : struct => MemoryMarshal.AsBytes<T>(Array.ConvertAll(values.ToArray(), convert)).ToArray();
}
