using Google.Protobuf;
using ModelSlim.Core.Onnx.Protobuf;

namespace ModelSlim.Core.Tests.Onnx;

/// <summary>ONNX messages written by hand, for what no builder would make.</summary>
internal static class Messages
{
    /// <summary>y = Add(x, c) on vectors of two floats.</summary>
    public static ModelProto Small()
    {
        var model = new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "g" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        model.Graph.Input.Add(Value("x", 2));
        model.Graph.Output.Add(Value("y", 2));
        model.Graph.Initializer.Add(Floats("c", 1, 2));
        model.Graph.Node.Add(Node("Add", ["x", "c"], ["y"]));
        return model;
    }

    public static NodeProto Node(string opType, string[] inputs, string[] outputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = opType };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes);
        return node;
    }

    public static ValueInfoProto Value(string name, params long[] extents)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = 1, Shape = new TensorShapeProto() };
        tensor.Shape.Dim.AddRange(extents.Select(extent => new TensorShapeProto.Types.Dimension { DimValue = extent }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }

    public static TensorProto Floats(string name, params float[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = 1 };
        tensor.Dims.Add(values.Length);
        tensor.FloatData.AddRange(values);
        return tensor;
    }

    public static TensorProto External(string name, int count, string location, string? offset = null, string? length = null)
    {
        var tensor = new TensorProto
        {
            Name = name,
            DataType = 1,
            DataLocation = TensorProto.Types.DataLocation.External,
        };
        tensor.Dims.Add(count);
        foreach (var (key, value) in new[] { ("location", location), ("offset", offset), ("length", length) })
        {
            if (value is not null)
            {
                tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
            }
        }

        return tensor;
    }

    /// <summary>A message with a field that no version of ONNX has yet.</summary>
    public static T WithUnknownField<T>(T message)
        where T : IMessage<T>
    {
        byte[] field = [.. message.ToByteArray(), 0xCA, 0x3E, 3, (byte)'n', (byte)'e', (byte)'w'];
        return (T)message.Descriptor.Parser.ParseFrom(field);
    }
}
