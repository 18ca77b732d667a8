using Google.Protobuf;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Onnx.Protobuf;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Onnx;

public sealed class SignatureReaderTests
{
    private readonly OnnxReader reader = new();

    [Theory]
    [InlineData("chain")]
    [InlineData("vgg")]
    public void A_signature_is_that_of_the_whole_model(string kind)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("net.onnx", new OnnxWriter().Write(SmallNets.Make(kind)));

        AssertSame(path);
    }

    [Fact]
    public void Weights_that_are_listed_as_inputs_are_none()
    {
        using var folder = new TemporaryFolder();
        var model = Messages.WithUnknownField(Messages.Small());
        model.Graph.Input.Add(Messages.Value("c", 2));
        model.Graph.Input.Add(Messages.Value("s", 2));
        model.Graph.SparseInitializer.Add(new SparseTensorProto { Values = Messages.Floats("s", 2) });
        model.Graph.Input[0].Type.TensorType.Shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "batch, \"n\"" });
        model.Graph.Input[0].Type.TensorType.Shape.Dim.Add(new TensorShapeProto.Types.Dimension());
        model.Graph.Output[0].Type = null;

        var signature = AssertSame(folder.Write("net.onnx", model.ToByteArray()));

        Assert.Equal(["x"], signature.Inputs.Select(input => input.Name));
        Assert.True(signature.Outputs[0].Shape.IsDefault);
    }

    [Theory]
    [InlineData("initializer")]
    [InlineData("sparse")]
    [InlineData("constant")]
    [InlineData("branch")]
    [InlineData("function")]
    [InlineData("none")]
    public void Data_in_other_files_is_found_wherever_it_is(string place)
    {
        using var folder = new TemporaryFolder();
        var model = Messages.Small();
        var outside = new TensorProto { Name = "w", DataType = 1, Dims = { 2 }, DataLocation = TensorProto.Types.DataLocation.External };
        var constant = new NodeProto { OpType = "Constant", Output = { "w" }, Attribute = { new AttributeProto { Name = "value", T = outside } } };
        switch (place)
        {
            case "initializer":
                model.Graph.Initializer.Add(outside);
                break;
            case "sparse":
                model.Graph.SparseInitializer.Add(new SparseTensorProto { Values = Messages.Floats("w", 2), Indices = outside });
                break;
            case "constant":
                model.Graph.Node.Add(constant);
                break;
            case "branch":
                model.Graph.Node.Add(new NodeProto { OpType = "If", Attribute = { new AttributeProto { G = new GraphProto { Node = { constant } } } } });
                break;
            case "function":
                model.Functions.Add(new FunctionProto { Node = { constant } });
                break;
        }

        var signature = reader.ReadSignature(folder.Write("net.onnx", model.ToByteArray())).Value!;

        Assert.Equal(place != "none", signature.HasExternalData);
        Assert.Equal(["x"], signature.Inputs.Select(input => input.Name));
    }

    [Fact]
    public void Graphs_in_graphs_without_end_are_an_error()
    {
        using var folder = new TemporaryFolder();
        var graph = new GraphProto { Name = "innermost" };
        for (var depth = 0; depth < 60; depth++)
        {
            graph = new GraphProto { Node = { new NodeProto { Attribute = { new AttributeProto { G = graph } } } } };
        }

        Assert.StartsWith("MSLIM40", reader.ReadSignature(folder.Write("deep.onnx", new ModelProto { Graph = graph }.ToByteArray())).Diagnostics[0].Code, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_that_is_cut_anywhere_is_an_error()
    {
        using var folder = new TemporaryFolder();
        var model = Messages.Small();
        model.OpsetImport.Clear();
        var file = model.ToByteArray();
        for (var length = 0; length < file.Length; length++)
        {
            var read = reader.ReadSignature(folder.Write("cut.onnx", file[..length]));

            Assert.False(read.Succeeded, $"{length} of {file.Length} bytes");
            Assert.StartsWith("MSLIM40", read.Diagnostics[0].Code, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_is_no_model_is_named_for_what_it_is()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal("MSLIM4004", reader.ReadSignature(folder.Write("a.onnx", "not found")).Diagnostics[0].Code);
        Assert.Equal("MSLIM4006", reader.ReadSignature(folder.Write("b.onnx", new ModelProto { IrVersion = 8 }.ToByteArray())).Diagnostics[0].Code);
        Assert.False(reader.ReadSignature(folder.File("missing.onnx")).Succeeded);
    }

    private ModelSignature AssertSame(string path)
    {
        var (whole, signature) = (reader.Read(path).Value!.Graph, reader.ReadSignature(path).Value!);
        Assert.Equal(whole.Inputs.Select(Text), signature.Inputs.Select(Text));
        Assert.Equal(whole.Outputs.Select(Text), signature.Outputs.Select(Text));
        Assert.NotEmpty(signature.Outputs);
        return signature;
    }

    private static string Text(Core.Graphs.GraphValue value) =>
        $"{value.Name} {value.Type} {(value.Shape.IsDefault ? "any rank" : string.Join(' ', value.Shape))}";
}
