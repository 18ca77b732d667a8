using System.Text;
using Google.Protobuf;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Onnx.Protobuf;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Onnx;

public sealed class OnnxReaderTests
{
    public static TheoryData<string, string, byte[]> OtherFiles => new()
    {
        { "empty", "MSLIM4002", [] },
        { "LFS pointer", "MSLIM4003", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n"u8.ToArray() },
        { "web page", "MSLIM4004", "<!DOCTYPE html><html><title>404</title></html>"u8.ToArray() },
        { "text", "MSLIM4004", "not found"u8.ToArray() },
        { "zip", "MSLIM4004", "PK\u0003\u0004abcdefgh"u8.ToArray() },
        { "gzip", "MSLIM4004", [0x1F, 0x8B, 8, 0, 0, 0] },
        { "TensorFlow Lite", "MSLIM4004", [0x1C, 0, 0, 0, .. "TFL3"u8, 0, 0] },
        { "no fields of a model", "MSLIM4004", [0xA8, 0x46, 0x01] },
        { "random bytes", "MSLIM4005", [0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x01, 0x02] },
        { "no graph", "MSLIM4006", new ModelProto { IrVersion = 8 }.ToByteArray() },
    };

    public static TheoryData<string, string, Action<ModelProto>> BadModels => new()
    {
        { "negative extent", "MSLIM4011", model => model.Graph.Initializer[0].Dims[0] = -2 },
        { "huge extent", "MSLIM4011", model => model.Graph.Initializer[0].Dims[0] = 1L << 40 },
        { "overflowing shape", "MSLIM4011", model => model.Graph.Initializer[0].Dims.AddRange([1L << 32, 1L << 32]) },
        { "overflow before a zero", "MSLIM4011", model => model.Graph.Initializer[0].Dims.AddRange([1L << 30, 1L << 30, 0]) },
        { "too few numbers", "MSLIM4011", model => model.Graph.Initializer[0].Dims[0] = 3 },
        { "too many numbers", "MSLIM4011", model => model.Graph.Initializer[0].Dims[0] = 1 },
        { "raw data too short", "MSLIM4011", model => model.Graph.Initializer[0].RawData = ByteString.CopyFrom(new byte[7]) },
        { "raw data too long", "MSLIM4011", model => model.Graph.Initializer[0].RawData = ByteString.CopyFrom(new byte[9]) },
        { "unknown element type", "MSLIM4011", model => model.Graph.Initializer[0].DataType = 99 },
        { "no element type", "MSLIM4011", model => model.Graph.Initializer[0].ClearDataType() },
        { "segment", "MSLIM4011", model => model.Graph.Initializer[0].Segment = new TensorProto.Types.Segment { Begin = 1 } },
        { "raw strings", "MSLIM4011", RawStrings },
        { "cycle of one", "MSLIM4012", model => model.Graph.Node[0].Input[1] = "y" },
        { "cycle of two", "MSLIM4012", CycleOfTwo },
        { "cycle through a subgraph", "MSLIM4012", CycleThroughSubgraph },
        { "two nodes make one value", "MSLIM4013", model => model.Graph.Node.Add(Messages.Node("Relu", ["x"], ["y"])) },
        { "node makes an initializer", "MSLIM4013", model => model.Graph.Node.Add(Messages.Node("Relu", ["x"], ["c"])) },
        { "node makes an input", "MSLIM4013", model => model.Graph.Node.Add(Messages.Node("Relu", ["c"], ["x"])) },
        { "two inputs of one name", "MSLIM4013", model => model.Graph.Input.Add(Messages.Value("x", 2)) },
        { "two initializers of one name", "MSLIM4013", model => model.Graph.Initializer.Add(Messages.Floats("c", 3)) },
        { "undefined input", "MSLIM4014", model => model.Graph.Node[0].Input[1] = "nowhere" },
        { "undefined output", "MSLIM4014", model => model.Graph.Output[0].Name = "nowhere" },
        { "no operator", "MSLIM4015", model => model.Graph.Node[0].ClearOpType() },
        { "initializer without a name", "MSLIM4015", model => model.Graph.Initializer[0].ClearName() },
        { "attribute without a name", "MSLIM4015", model => model.Graph.Node[0].Attribute.Add(new AttributeProto { I = 1 }) },
        { "attribute twice", "MSLIM4015", AttributeTwice },
    };

    [Theory]
    [MemberData(nameof(OtherFiles))]
    public void A_file_that_is_no_model_is_named_for_what_it_is(string what, string code, byte[] file)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("model.onnx", file);

        var result = new OnnxReader().Read(path);

        AssertError(what, code, result);
        Assert.Equal(path, result.Diagnostics[0].Location!.File);
    }

    [Theory]
    [MemberData(nameof(BadModels))]
    public void A_model_that_contradicts_itself_is_refused(string what, string code, Action<ModelProto> spoil)
    {
        var model = Messages.Small();
        spoil(model);

        AssertError(what, code, new OnnxReader().Read(model.ToByteArray()));
    }

    [Fact]
    public void A_missing_file_is_an_error()
    {
        using var folder = new TemporaryFolder();

        AssertError("missing", "MSLIM4001", new OnnxReader().Read(folder.File("model.onnx")));
        AssertError("folder", "MSLIM4001", new OnnxReader().Read(folder.FullName));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b.onnx")]
    public void An_impossible_path_is_an_error(string path) =>
        Assert.False(new OnnxReader().Read(path).Succeeded);

    [Fact]
    public void A_model_cut_off_anywhere_is_an_error()
    {
        var file = new OnnxWriter().Write(SmallNets.Chain());

        // The last field of the file is the operator set; from there on what is left is a whole message.
        var last = file.Length - Messages.Small().OpsetImport[0].CalculateSize() - 2;
        for (var length = 0; length < last; length += 97)
        {
            Assert.False(new OnnxReader().Read(file.AsMemory(0, length)).Succeeded, $"{length} bytes were read as a model");
        }
    }

    /// <summary>A field whose length is read beyond the end of the tensor that it is said to be in: name, then raw data.</summary>
    [Theory]
    [InlineData(0x42)]
    [InlineData(0x4A)]
    public void A_length_beyond_its_message_takes_no_memory(byte field)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("model.onnx", [8, 8, 0x3A, 8, 0x2A, 1, field, 0xFF, 0xFF, 0xFF, 0xFF, 0x03]);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("MSLIM4005", Assert.Single(new OnnxReader().Read(path).Diagnostics).Code);
        Assert.Equal("MSLIM4005", Assert.Single(new OnnxReader().ReadSignature(path).Diagnostics).Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Names_from_the_file_cannot_steer_the_terminal()
    {
        var model = Messages.Small();
        model.Graph.Node[0].Input[1] = "\u001b[2J\nerror: forged\u202e";

        var message = Assert.Single(new OnnxReader().Read(model.ToByteArray()).Diagnostics).Message;

        Assert.DoesNotContain(message, char.IsControl);
        Assert.Contains(@"\u001b[2J\u000aerror: forged\u202e", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_full_of_errors_gives_a_few()
    {
        var model = Messages.Small();
        model.Graph.Output.AddRange(Enumerable.Range(0, 1000).Select(i => Messages.Value($"nowhere{i}")));

        Assert.Equal(20, new OnnxReader().Read(model.ToByteArray()).Diagnostics.Length);
    }

    [Fact]
    public void Initializers_that_are_also_inputs_are_not_fed()
    {
        var model = Messages.Small();
        model.Graph.Input.Insert(0, Messages.Value("c", 2));

        var graph = new OnnxReader().Read(model.ToByteArray()).Value!.Graph;

        Assert.Equal("x", Assert.Single(graph.Inputs).Name);
        Assert.Equal([1f, 2f], graph.Initializers["c"].ToSingles());
    }

    [Fact]
    public void Nodes_are_sorted_and_else_left_in_their_order()
    {
        var model = Messages.Small();
        model.Graph.Node.Clear();
        model.Graph.Node.Add(Messages.Node("Add", ["a", "b"], ["y"]));
        model.Graph.Node.Add(Messages.Node("Relu", ["x"], ["b"]));
        model.Graph.Node.Add(Messages.Node("Neg", ["x"], ["a"]));

        var graph = new OnnxReader().Read(model.ToByteArray()).Value!.Graph;

        Assert.Equal(["Relu", "Neg", "Add"], graph.Nodes.Select(node => node.OpType));
    }

    [Fact]
    public void Strings_are_kept_but_have_no_value_and_sparse_tensors_have_theirs()
    {
        var model = Messages.Small();
        var text = new TensorProto { Name = "words", DataType = 8 };
        text.Dims.Add(1);
        text.StringData.Add(ByteString.CopyFromUtf8("word"));
        model.Graph.Initializer.Add(text);
        var sparse = new SparseTensorProto { Values = Messages.Floats("few", 7), Indices = new TensorProto { DataType = 7 } };
        sparse.Indices.Dims.Add(1);
        sparse.Indices.Int64Data.Add(1);
        sparse.Dims.Add(2);
        model.Graph.SparseInitializer.Add(sparse);
        model.Graph.Node.Add(Messages.Node("Use", ["words", "few"], ["z"]));
        var file = model.ToByteArray();

        var read = new OnnxReader().Read(file).Value!;

        Assert.Equal(["c", "few"], read.Graph.Initializers.Keys.Order());
        Assert.Equal([0, 7], read.Graph.Initializers["few"].ToSingles());
        Assert.Equal(file, new OnnxWriter().Write(read));
    }

    [Fact]
    public void Both_names_of_the_onnx_domain_are_one()
    {
        var model = Messages.Small();
        model.OpsetImport[0].Domain = "ai.onnx";
        model.Graph.Node[0].Domain = "ai.onnx";
        var file = model.ToByteArray();

        var read = new OnnxReader().Read(file).Value!;

        Assert.Equal(17, read.Graph.Opset);
        Assert.Equal("", read.Graph.Nodes[0].Domain);
        Assert.Equal(file, new OnnxWriter().Write(read));
    }

    [Fact]
    public void Subgraphs_see_the_values_around_them()
    {
        var read = new OnnxReader().Read(WithIf("x").ToByteArray());

        var branch = Assert.IsType<AttributeValue.Subgraph>(read.Value!.Graph.Nodes[0].Attributes["then_branch"]).Value;
        Assert.Equal("x", branch.Nodes[0].Inputs[0]);
        AssertError("undefined in subgraph", "MSLIM4014", new OnnxReader().Read(WithIf("nowhere").ToByteArray()));
    }

    [Fact]
    public void Declared_axes_are_numbers_symbols_or_unknown()
    {
        var model = Messages.Small();
        var axes = model.Graph.Input[0].Type.TensorType.Shape.Dim;
        axes.Clear();
        axes.Add(new TensorShapeProto.Types.Dimension { DimParam = "N" });
        axes.Add(new TensorShapeProto.Types.Dimension { DimValue = 2 });
        axes.Add(new TensorShapeProto.Types.Dimension());
        axes.Add(new TensorShapeProto.Types.Dimension { DimValue = -1 });
        model.Graph.Output[0].Type.TensorType.Shape = null;

        var graph = new OnnxReader().Read(model.ToByteArray()).Value!.Graph;

        Assert.Equal([new(null, "N"), new(2, null), default, default], graph.Inputs[0].Shape);
        Assert.True(graph.Outputs[0].Shape.IsDefault);
    }

    private static void AssertError(string what, string code, Result<OnnxModel> result)
    {
        Assert.False(result.Succeeded, what);
        Assert.Contains(result.Diagnostics, diagnostic => diagnostic.Code == code);
        Assert.All(result.Diagnostics, diagnostic =>
        {
            Assert.Equal(Severity.Error, diagnostic.Severity);
            Assert.DoesNotContain('\n', diagnostic.Message);
        });
    }

    private static ModelProto WithIf(string used)
    {
        var model = Messages.Small();
        var branch = new GraphProto { Name = "branch" };
        branch.Node.Add(Messages.Node("Relu", [used], ["inner"]));
        branch.Output.Add(Messages.Value("inner", 2));
        model.Graph.Node.Insert(0, Messages.Node("If", ["c"], ["z"], new AttributeProto
        {
            Name = "then_branch",
            Type = AttributeProto.Types.AttributeType.Graph,
            G = branch,
        }));
        return model;
    }

    private static void CycleThroughSubgraph(ModelProto model) => model.Graph.Node.Add(WithIf("z").Graph.Node[0]);

    private static void CycleOfTwo(ModelProto model)
    {
        model.Graph.Node[0].Input[1] = "z";
        model.Graph.Node.Add(Messages.Node("Relu", ["y"], ["z"]));
    }

    private static void RawStrings(ModelProto model)
    {
        model.Graph.Initializer[0].DataType = 8;
        model.Graph.Initializer[0].RawData = ByteString.CopyFrom("ab", Encoding.UTF8);
    }

    private static void AttributeTwice(ModelProto model)
    {
        model.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "axis", I = 1 });
        model.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "axis", I = 2 });
    }
}
