using Google.Protobuf;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Onnx.Protobuf;
using ModelSlim.Testing;

namespace ModelSlim.Fuzzing.Targets;

/// <summary>Models, alone and with their data in a file beside them; what is read is written again.</summary>
public sealed class OnnxTarget : FileTarget
{
    private readonly OnnxReader reader = new();
    private readonly OnnxWriter writer = new();

    /// <summary>Puts the data there.</summary>
    public OnnxTarget() => Folder.Write("w.bin", new byte[64]);

    /// <inheritdoc/>
    public override string Name => "onnx";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. SmallNets.Kinds.Take(2).Select(kind => new OnnxWriter().Write(SmallNets.Make(kind))),
        WithSubgraph().ToByteArray(),
        WithData().ToByteArray(),
    ];

    /// <inheritdoc/>
    protected override bool ReadFile(string path)
    {
        reader.ReadSignature(path);
        var result = reader.Read(path);
        if (result.Succeeded)
        {
            writer.Write(result.Value.With(result.Value.Graph with { Name = "other" }));
        }

        return result.Succeeded;
    }

    private static ModelProto WithSubgraph()
    {
        var model = Empty();
        var branch = new GraphProto { Name = "b", Output = { new ValueInfoProto { Name = "k" } } };
        branch.Initializer.Add(new TensorProto { Name = "k", DataType = 7, Dims = { 2 }, Int64Data = { 1, 2 } });
        model.Graph.Node.Add(new NodeProto
        {
            OpType = "If",
            Input = { "x" },
            Output = { "y" },
            Attribute =
            {
                new AttributeProto { Name = "then_branch", Type = AttributeProto.Types.AttributeType.Graph, G = branch },
                new AttributeProto { Name = "axes", Type = AttributeProto.Types.AttributeType.Ints, Ints = { 1, 2 } },
                new AttributeProto { Name = "words", Type = AttributeProto.Types.AttributeType.Strings, Strings = { ByteString.CopyFromUtf8("w") } },
            },
        });
        model.Functions.Add(new FunctionProto { Name = "f", Node = { new NodeProto { OpType = "Relu", Input = { "a" }, Output = { "b" } } } });
        model.Graph.SparseInitializer.Add(new SparseTensorProto
        {
            Values = new TensorProto { Name = "s", DataType = 1, Dims = { 1 }, FloatData = { 1 } },
            Indices = new TensorProto { DataType = 7, Dims = { 1 }, Int64Data = { 0 } },
            Dims = { 4 },
        });
        return model;
    }

    private static ModelProto WithData()
    {
        var model = Empty();
        foreach (var (name, offset) in new[] { ("a", 0), ("b", 8) })
        {
            var tensor = new TensorProto { Name = name, DataType = 1, Dims = { 2 }, DataLocation = TensorProto.Types.DataLocation.External };
            foreach (var (key, value) in new[] { ("location", "w.bin"), ("offset", $"{offset}"), ("length", "8") })
            {
                tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
            }

            model.Graph.Initializer.Add(tensor);
        }

        model.Graph.Node.Add(new NodeProto { OpType = "Add", Input = { "x", "a" }, Output = { "y" } });
        return model;
    }

    private static ModelProto Empty() => new()
    {
        IrVersion = 8,
        OpsetImport = { new OperatorSetIdProto { Version = 17 } },
        Graph = new GraphProto { Name = "g", Input = { new ValueInfoProto { Name = "x" } }, Output = { new ValueInfoProto { Name = "y" } } },
    };
}
