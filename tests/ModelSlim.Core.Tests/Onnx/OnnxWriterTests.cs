using System.Collections.Immutable;
using Google.Protobuf;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Onnx.Protobuf;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Onnx;

public sealed class OnnxWriterTests
{
    private static readonly OnnxReader Reader = new();
    private static readonly OnnxWriter Writer = new();

    public static TheoryData<string> Kinds => [.. SmallNets.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_unchanged_model_is_written_byte_for_byte(string kind)
    {
        var bytes = Writer.Write(SmallNets.Make(kind));

        var again = Reader.Read(bytes).Value!;

        Assert.Equal(bytes, Writer.Write(again));
        Assert.Equal(bytes.Length, Writer.Size(again));
    }

    [Fact]
    public void Fields_of_later_versions_survive_a_change_elsewhere()
    {
        var model = Messages.Small();
        model.Graph.Node[0] = Messages.WithUnknownField(model.Graph.Node[0]);
        model.Graph.Node[0].DocString = "what it does";
        model.Graph.Initializer[0] = Messages.WithUnknownField(model.Graph.Initializer[0]);
        model.Graph = Messages.WithUnknownField(model.Graph);
        model.MetadataProps.Add(new StringStringEntryProto { Key = "author", Value = "someone" });
        model = Messages.WithUnknownField(model);
        var read = Read(model);
        Assert.Equal(model.ToByteArray(), Writer.Write(read));

        var written = Parse(read.With(read.Graph with { Name = "renamed" }));

        model.Graph.Name = "renamed";
        Assert.Equal(model, written);
    }

    [Fact]
    public void A_changed_initializer_keeps_its_name_and_notes()
    {
        var model = Messages.Small();
        model.Graph.Initializer[0].DocString = "weights";
        model.Graph.Initializer.Add(Messages.Floats("b", 5));
        model.Graph.Initializer.Add(Messages.Floats("a", 6));
        var read = Read(model);

        var written = Parse(read.With(read.Graph with
        {
            Initializers = read.Graph.Initializers.SetItem("c", TensorData.From([3], [1f, 2, 3])),
        }));

        Assert.Equal(["c", "b", "a"], written.Graph.Initializer.Select(tensor => tensor.Name));
        Assert.Equal("weights", written.Graph.Initializer[0].DocString);
        Assert.Equal([3], written.Graph.Initializer[0].Dims);
        Assert.Empty(written.Graph.Initializer[0].FloatData);
        Assert.Equal(12, written.Graph.Initializer[0].RawData.Length);
        Assert.Equal(model.Graph.Initializer[1], written.Graph.Initializer[1]);
    }

    [Fact]
    public void New_initializers_come_last_by_name_and_gone_ones_go()
    {
        var read = Read(Messages.Small());
        var one = TensorData.From([], [1f]);
        var graph = read.Graph with
        {
            Initializers = read.Graph.Initializers.Remove("c").Add("z", one).Add("n", one),
            Nodes = [read.Graph.Nodes[0] with { Inputs = ["x", "z"] }],
        };

        var written = Parse(read.With(graph));

        Assert.Equal(["n", "z"], written.Graph.Initializer.Select(tensor => tensor.Name));
        Assert.Equal(["x", "z"], written.Graph.Node[0].Input);
    }

    [Fact]
    public void Only_what_changed_of_a_node_changes()
    {
        var model = Messages.Small();
        var node = Messages.Node(
            "Conv",
            ["x", "c"],
            ["y"],
            new AttributeProto { Name = "group", Type = AttributeProto.Types.AttributeType.Int, I = 4, DocString = "groups" },
            new AttributeProto { Name = "pads", Type = AttributeProto.Types.AttributeType.Ints, Ints = { 1, 1 } },
            new AttributeProto { Name = "kind", Type = AttributeProto.Types.AttributeType.TypeProto, Tp = new TypeProto() },
            new AttributeProto { Name = "gone", Type = AttributeProto.Types.AttributeType.Int, I = 1 });
        node.DocString = "a convolution";
        node.MetadataProps.Add(new StringStringEntryProto { Key = "k", Value = "v" });
        model.Graph.Node[0] = Messages.WithUnknownField(node);
        var read = Read(model);
        var changed = read.Graph.Nodes[0].With("group", new AttributeValue.Int(2)).With("auto_pad", new AttributeValue.Text("VALID"));
        changed = changed with { Attributes = changed.Attributes.Remove("gone") };

        var written = Parse(read.With(read.Graph with { Nodes = [changed] }));

        var expected = model.Graph.Node[0].Clone();
        expected.Attribute[0].I = 2;
        expected.Attribute.RemoveAt(3);
        expected.Attribute.Add(new AttributeProto
        {
            Name = "auto_pad",
            Type = AttributeProto.Types.AttributeType.String,
            S = ByteString.CopyFromUtf8("VALID"),
        });
        Assert.Equal(expected, written.Graph.Node[0]);
    }

    [Fact]
    public void Nodes_come_and_go()
    {
        var model = SmallNets.Chain();
        var relu = model.Graph.Nodes.First(node => node.OpType == "Relu");
        var users = model.Graph.Nodes.Select(node => node with
        {
            Inputs = [.. node.Inputs.Select(input => input == relu.Outputs[0] ? "negative" : input)],
        });
        var graph = model.Graph with
        {
            Nodes = [.. users.Select(node => node.Outputs[0] == relu.Outputs[0]
                ? node with { OpType = "Neg", Name = "neg", Outputs = ["negative"] }
                : node)],
        };

        var written = Writer.Write(model.With(graph));

        Assert.True(GraphComparison.Same(graph, Reader.Read(written).Value!.Graph));
    }

    [Fact]
    public void Every_kind_of_attribute_is_written_as_it_is_read()
    {
        var model = SmallNets.Chain();
        var attributes = ImmutableSortedDictionary.Create<string, AttributeValue>(StringComparer.Ordinal)
            .Add("float", new AttributeValue.Float(0.25f))
            .Add("floats", new AttributeValue.Floats([1, 2]))
            .Add("graph", new AttributeValue.Subgraph(model.Graph with { Nodes = [], Outputs = model.Graph.Inputs }))
            .Add("int", new AttributeValue.Int(-1))
            .Add("ints", new AttributeValue.Ints([]))
            .Add("tensor", new AttributeValue.Tensor(TensorData.From([2], [1L, 2L])))
            .Add("text", new AttributeValue.Text("naïve"))
            .Add("texts", new AttributeValue.Texts(["a", "b"]));
        var node = new Node { OpType = "Any", Domain = "elsewhere", Inputs = ["x"], Outputs = ["any"], Attributes = attributes };
        var graph = model.Graph with
        {
            Nodes = [.. model.Graph.Nodes, node],
            Opsets = model.Graph.Opsets.Add("elsewhere", 3),
        };

        // Subgraphs share the operator versions of the file.
        var subgraph = ((AttributeValue.Subgraph)attributes["graph"]).Value with { Opsets = graph.Opsets };
        graph = graph with { Nodes = graph.Nodes.SetItem(graph.Nodes.Length - 1, node.With("graph", new AttributeValue.Subgraph(subgraph))) };

        var again = Reader.Read(Writer.Write(model.With(graph))).Value!;

        Assert.True(GraphComparison.Same(graph, again.Graph));
    }

    [Fact]
    public void A_value_that_is_only_kept_cannot_move()
    {
        var read = Read(Messages.Small());
        var node = read.Graph.Nodes[0].With("kind", new AttributeValue.Opaque("TypeProto"));

        Assert.Throws<InvalidOperationException>(() => Writer.Write(read.With(read.Graph with { Nodes = [node] })));
    }

    [Fact]
    public void Declared_shapes_follow_and_inner_shapes_are_dropped()
    {
        var model = Messages.Small();
        model.Graph.Node.Add(Messages.Node("Relu", ["x"], ["inner"]));
        model.Graph.ValueInfo.Add(Messages.Value("inner", 2));
        model.Graph.Output[0].DocString = "result";
        model.Graph.Output[0].Type.TensorType.Shape.Dim[0].Denotation = "DATA_FEATURE";
        var read = Read(model);
        Assert.Single(Parse(read).Graph.ValueInfo);
        var output = read.Graph.Outputs[0] with { Shape = [new(null, "N")] };

        var written = Parse(read.With(read.Graph with { Outputs = [output] }));

        Assert.Empty(written.Graph.ValueInfo);
        Assert.Equal("result", written.Graph.Output[0].DocString);
        Assert.Equal("N", written.Graph.Output[0].Type.TensorType.Shape.Dim[0].DimParam);
        Assert.Equal("DATA_FEATURE", written.Graph.Output[0].Type.TensorType.Shape.Dim[0].Denotation);
        Assert.Equal(model.Graph.Input[0], written.Graph.Input[0]);
    }

    [Fact]
    public void Initializers_among_the_inputs_of_old_files_are_kept_in_step()
    {
        var model = Messages.Small();
        model.IrVersion = 3;
        model.Graph.Input.Add(Messages.Value("c", 2));
        model.Graph.Input.Add(Messages.Value("old", 1));
        model.Graph.Initializer.Add(Messages.Floats("old", 1));
        var read = Read(model);

        var written = Parse(read.With(read.Graph with
        {
            Initializers = read.Graph.Initializers
                .SetItem("c", TensorData.From([1], [1f]))
                .Remove("old")
                .Add("new", TensorData.From([4], new float[4])),
        }));

        Assert.Equal(["x", "c", "new"], written.Graph.Input.Select(input => input.Name));
        Assert.Equal(Messages.Value("c", 1), written.Graph.Input[1]);
        Assert.Equal(Messages.Value("new", 4), written.Graph.Input[2]);
    }

    [Fact]
    public void A_change_inside_a_subgraph_is_written()
    {
        var branch = new GraphProto { Name = "branch" };
        branch.Node.Add(Messages.WithUnknownField(Messages.Node("Relu", ["x"], ["mid"])));
        branch.Node.Add(Messages.Node("Neg", ["mid"], ["out"]));
        branch.Output.Add(Messages.Value("out", 2));
        branch.ValueInfo.Add(Messages.Value("mid", 2));
        var model = Messages.Small();
        model.Graph.Node.Add(Messages.Node("If", ["x"], ["z"], new AttributeProto
        {
            Name = "then_branch",
            Type = AttributeProto.Types.AttributeType.Graph,
            G = branch,
        }));
        var read = Read(model);
        var inner = ((AttributeValue.Subgraph)read.Graph.Nodes[1].Attributes["then_branch"]).Value;
        inner = inner with { Nodes = [inner.Nodes[0], inner.Nodes[1] with { OpType = "Abs" }] };
        var node = read.Graph.Nodes[1].With("then_branch", new AttributeValue.Subgraph(inner));

        var written = Parse(read.With(read.Graph with { Nodes = [read.Graph.Nodes[0], node] })).Graph.Node[1].Attribute[0].G;

        Assert.Equal(branch.Node[0], written.Node[0]);
        Assert.Equal("Abs", written.Node[1].OpType);
        Assert.Empty(written.ValueInfo);
    }

    [Fact]
    public void Unsorted_nodes_are_written_sorted()
    {
        var model = Messages.Small();
        model.Graph.Node.Insert(0, Messages.Node("Relu", ["y"], ["z"]));
        var read = Read(model);

        var written = Parse(read.With(read.Graph with { Name = "other" }));

        Assert.Equal(["Add", "Relu"], written.Graph.Node.Select(node => node.OpType));
    }

    [Fact]
    public void The_source_is_not_touched()
    {
        var read = SmallNets.Residual();
        var before = read.Source.ToByteArray();

        Writer.Write(read.With(read.Graph with { Nodes = read.Graph.Nodes[..5], Outputs = [], Name = "cut" }));

        Assert.Equal(before, read.Source.ToByteArray());
    }

    [Fact]
    public void Saving_replaces_the_file()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("out/model.onnx", "old");
        var model = SmallNets.Chain();

        Writer.Save(model, path);

        Assert.Equal(Writer.Write(model), File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    private static OnnxModel Read(ModelProto model) => Reader.Read(model.ToByteArray()).Value!;

    private static ModelProto Parse(OnnxModel model) => ModelProto.Parser.ParseFrom(Writer.Write(model));
}
