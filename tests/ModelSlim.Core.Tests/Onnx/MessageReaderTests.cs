using Google.Protobuf;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Onnx.Protobuf;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Onnx;

public sealed class MessageReaderTests
{
    private const int Large = 16;

    [Theory]
    [InlineData("chain")]
    [InlineData("vgg")]
    public void A_message_is_what_the_parser_makes_of_it(string kind)
    {
        var bytes = new OnnxWriter().Write(SmallNets.Make(kind));

        Assert.Equal(ModelProto.Parser.ParseFrom(bytes), Read(bytes));
        Assert.Equal(bytes, Read(bytes).ToByteArray());
    }

    [Fact]
    public void Tensors_of_attributes_and_unknown_fields_come_along()
    {
        var model = Messages.WithUnknownField(Messages.Small());
        model.Graph.Node.Insert(0, Messages.Node("Constant", [], ["k"], Attribute("axis", null), Attribute("value", Raw("", 40))));
        model.Graph.Initializer.Add(Messages.WithUnknownField(Raw("w", 100)));
        model.Graph.Node[1].Attribute.Add(new AttributeProto { Name = "then_branch", G = new GraphProto { Initializer = { Raw("inner", 50) } } });
        model.Graph.Initializer.Add(Raw("small", 4));

        Assert.Equal(model, Read(model.ToByteArray()));
    }

    [Fact]
    public void Of_several_data_the_last_counts()
    {
        byte[] Twice(TensorProto first, TensorProto second) => [.. first.ToByteArray(), .. second.ToByteArray()];
        foreach (var (first, second) in new[] { (40, 20), (20, 4), (4, 20), (20, 0) })
        {
            var tensor = TensorProto.Parser.ParseFrom(Twice(Raw("w", first), Raw("w", second, fill: 7)));
            byte[] field = [.. Prefix(GraphProto.InitializerFieldNumber, Twice(Raw("w", first), Raw("w", second, fill: 7)))];
            byte[] file = [.. Prefix(ModelProto.GraphFieldNumber, field)];

            Assert.Equal(tensor.RawData, Read(file).Graph.Initializer[0].RawData);
        }
    }

    [Fact]
    public void A_graph_in_pieces_is_one_graph()
    {
        var (one, other) = (Messages.Small(), new ModelProto { Graph = new GraphProto() });
        one.Graph.Initializer.Add(Raw("a", 30));
        other.Graph.Initializer.Add(Raw("b", 31));
        byte[] file = [.. one.ToByteArray(), .. other.ToByteArray()];

        Assert.Equal(ModelProto.Parser.ParseFrom(file), Read(file));
    }

    [Fact]
    public void A_file_that_is_cut_off_is_as_wrong_as_to_the_parser()
    {
        var bytes = new OnnxWriter().Write(SmallNets.Chain());
        for (var length = 1; length < bytes.Length; length += 97)
        {
            Assert.Equal(Outcome(() => ModelProto.Parser.ParseFrom(bytes, 0, length)), Outcome(() => Read(bytes[..length])));
        }
    }

    [Fact]
    public void A_file_is_read_once_from_start_to_end()
    {
        var model = Messages.WithUnknownField(Messages.Small());
        model.Graph.Initializer.Add(Raw("w", 100));
        model.Graph.Node[0].Attribute.Add(Attribute("value", Raw("", 40)));
        using var file = new OneWayStream(model.ToByteArray());

        Assert.Equal(model, MessageReader.Read(file, Large));
    }

    [Fact]
    public void Groups_of_old_are_left_to_the_parser()
    {
        // Field 100 as a group that holds a varint.
        byte[] file = [.. Messages.Small().ToByteArray(), 0xA3, 0x06, 0x08, 0x01, 0xA4, 0x06];

        Assert.Equal(ModelProto.Parser.ParseFrom(file), Read(file));
    }

    private static string Outcome(Func<ModelProto> read)
    {
        try
        {
            return read().ToString();
        }
        catch (InvalidProtocolBufferException e)
        {
            return e.Message;
        }
    }

    private static ModelProto Read(byte[] file) => MessageReader.Read(new MemoryStream(file), Large);

    private static TensorProto Raw(string name, int count, byte fill = 1)
    {
        var data = new byte[count];
        Array.Fill(data, fill);
        return new TensorProto { Name = name, DataType = 2, Dims = { count }, RawData = ByteString.CopyFrom(data) };
    }

    private static AttributeProto Attribute(string name, TensorProto? tensor) => new() { Name = name, T = tensor };

    private static byte[] Prefix(int field, byte[] content)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(content));
        }

        return stream.ToArray();
    }

    private sealed class OneWayStream(byte[] content) : MemoryStream(content)
    {
        public override long Position
        {
            get => base.Position;
            set => Assert.Fail("What was read is read again.");
        }
    }
}
