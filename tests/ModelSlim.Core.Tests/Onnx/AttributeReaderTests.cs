using Google.Protobuf;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Onnx.Protobuf;
using AttributeType = ModelSlim.Core.Onnx.Protobuf.AttributeProto.Types.AttributeType;

namespace ModelSlim.Core.Tests.Onnx;

public sealed class AttributeReaderTests
{
    private static readonly AttributeReader Reader = new(new GraphReader(new ModelProto()));

    [Fact]
    public void Each_kind_is_read()
    {
        Assert.Equal(new AttributeValue.Int(3), Read(new() { Type = AttributeType.Int, I = 3 }));
        Assert.Equal(new AttributeValue.Float(0.5f), Read(new() { Type = AttributeType.Float, F = 0.5f }));
        Assert.Equal(new AttributeValue.Text("é"), Read(new() { Type = AttributeType.String, S = Text("é") }));
        Assert.Equal([1, 2], Assert.IsType<AttributeValue.Ints>(Read(new() { Type = AttributeType.Ints, Ints = { 1, 2 } })).Values);
        Assert.Equal([1f], Assert.IsType<AttributeValue.Floats>(Read(new() { Type = AttributeType.Floats, Floats = { 1f } })).Values);
        Assert.Equal(
            ["a"], Assert.IsType<AttributeValue.Texts>(Read(new() { Type = AttributeType.Strings, Strings = { Text("a") } })).Values);
        Assert.Equal(
            [7f],
            Assert.IsType<AttributeValue.Tensor>(Read(new() { Type = AttributeType.Tensor, T = Messages.Floats("t", 7) }))
                .Value.ToSingles());
    }

    [Fact]
    public void An_empty_list_of_a_declared_type_is_a_list() =>
        Assert.Empty(Assert.IsType<AttributeValue.Ints>(Read(new() { Type = AttributeType.Ints })).Values);

    [Fact]
    public void Without_a_type_the_field_that_is_there_decides()
    {
        Assert.Equal(new AttributeValue.Int(0), Read(new() { I = 0 }));
        Assert.Equal(new AttributeValue.Float(0), Read(new() { F = 0 }));
        Assert.Equal(new AttributeValue.Text(""), Read(new() { S = ByteString.Empty }));
        Assert.IsType<AttributeValue.Ints>(Read(new() { Ints = { 1 } }));
        Assert.IsType<AttributeValue.Tensor>(Read(new() { T = Messages.Floats("t", 7) }));
    }

    [Fact]
    public void What_has_no_type_here_is_kept_as_it_is()
    {
        Assert.IsType<AttributeValue.Opaque>(Read(new() { Type = AttributeType.TypeProto, Tp = new TypeProto() }));
        Assert.IsType<AttributeValue.Opaque>(Read(new() { Type = AttributeType.String, S = ByteString.CopyFrom(0xFF, 0x00) }));
        Assert.IsType<AttributeValue.Opaque>(Read(new() { Type = AttributeType.Int, RefAttrName = "outer" }));
        Assert.IsType<AttributeValue.Opaque>(Read(new() { Type = AttributeType.Graph }));
        Assert.IsType<AttributeValue.Opaque>(Read(new() { Type = AttributeType.Tensor }));
        Assert.IsType<AttributeValue.Opaque>(Read(new()));
    }

    private static AttributeValue Read(AttributeProto attribute) => Reader.Read(attribute);

    private static ByteString Text(string text) => ByteString.CopyFromUtf8(text);
}
