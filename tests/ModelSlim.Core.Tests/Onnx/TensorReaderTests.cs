using System.Runtime.InteropServices;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Onnx.Protobuf;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Tests.Onnx;

public sealed class TensorReaderTests
{
    [Theory]
    [InlineData(ElementType.UInt8, new[] { 0, 255 }, new byte[] { 0, 255 })]
    [InlineData(ElementType.Int8, new[] { -1, 127 }, new byte[] { 255, 127 })]
    [InlineData(ElementType.Bool, new[] { 1, 0 }, new byte[] { 1, 0 })]
    [InlineData(ElementType.UInt16, new[] { 65535, 1 }, new byte[] { 255, 255, 1, 0 })]
    [InlineData(ElementType.Int16, new[] { -2, 1 }, new byte[] { 254, 255, 1, 0 })]
    [InlineData(ElementType.Float16, new[] { 0x3C00, 0xC000 }, new byte[] { 0, 0x3C, 0, 0xC0 })]
    [InlineData(ElementType.BFloat16, new[] { 0x3F80, 0xC000 }, new byte[] { 0x80, 0x3F, 0, 0xC0 })]
    [InlineData(ElementType.Int32, new[] { -1, 1 }, new byte[] { 255, 255, 255, 255, 1, 0, 0, 0 })]
    public void Small_types_are_stored_one_a_number(ElementType type, int[] stored, byte[] expected)
    {
        var tensor = Tensor(type, stored.Length);
        tensor.Int32Data.AddRange(stored);

        Assert.Null(TensorCheck.Check(tensor));
        Assert.Equal(expected, TensorReader.Read(tensor)!.Bytes.ToArray());
    }

    [Fact]
    public void Wide_types_have_lists_of_their_own()
    {
        var int64 = Tensor(ElementType.Int64, 1);
        int64.Int64Data.Add(-3);
        var float64 = Tensor(ElementType.Double, 1);
        float64.DoubleData.Add(0.5);
        var uint64 = Tensor(ElementType.UInt64, 1);
        uint64.Uint64Data.Add(ulong.MaxValue);
        var uint32 = Tensor(ElementType.UInt32, 1);
        uint32.Uint64Data.Add(uint.MaxValue);
        var complex = Tensor(ElementType.Complex64, 1);
        complex.FloatData.AddRange([1, 2]);

        Assert.Equal([-3L], TensorReader.Read(int64)!.ToInt64s());
        Assert.Equal([0.5f], TensorReader.Read(float64)!.ToSingles());
        Assert.Equal([ulong.MaxValue], MemoryMarshal.Cast<byte, ulong>(TensorReader.Read(uint64)!.Bytes.Span).ToArray());
        Assert.Equal([uint.MaxValue], MemoryMarshal.Cast<byte, uint>(TensorReader.Read(uint32)!.Bytes.Span).ToArray());
        Assert.Equal([1f, 2f], MemoryMarshal.Cast<byte, float>(TensorReader.Read(complex)!.Bytes.Span).ToArray());
    }

    [Fact]
    public void A_scalar_has_one_element_and_an_empty_tensor_none()
    {
        var scalar = Messages.Floats("s", 5);
        scalar.Dims.Clear();
        var empty = Tensor(ElementType.Float, 0);

        Assert.Equal([5f], TensorReader.Read(scalar)!.ToSingles());
        Assert.Null(TensorCheck.Check(empty));
        Assert.Empty(TensorReader.Read(empty)!.ToSingles());
    }

    [Theory]
    [InlineData(8, 2)]
    [InlineData(17, 2)]
    [InlineData(22, 1)]
    [InlineData(25, 1)]
    public void Types_that_are_only_kept_have_no_value(int type, int numbers)
    {
        var tensor = new TensorProto { DataType = type };
        tensor.Dims.Add(2);
        tensor.Int32Data.AddRange(Enumerable.Repeat(0, type == 8 ? 0 : numbers));
        tensor.StringData.AddRange(Enumerable.Repeat(Google.Protobuf.ByteString.Empty, type == 8 ? numbers : 0));

        Assert.Null(TensorCheck.Check(tensor));
        Assert.Null(TensorReader.Read(tensor));
    }

    private static TensorProto Tensor(ElementType type, int count)
    {
        var tensor = new TensorProto { DataType = (int)type };
        tensor.Dims.Add(count);
        return tensor;
    }
}
