using System.Runtime.InteropServices;
using Google.Protobuf;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Onnx.Protobuf;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Onnx;

/// <summary>Stored tensors without their zeros.</summary>
public sealed class SparseTensorsTests
{
    [Theory]
    [InlineData(ElementType.Float)]
    [InlineData(ElementType.Double)]
    [InlineData(ElementType.Float16)]
    [InlineData(ElementType.BFloat16)]
    public void What_is_written_without_zeros_is_read_with_them(ElementType type)
    {
        var model = Model(type, 0.2f);
        var dense = new OnnxWriter().Write(model);
        var sparse = new OnnxWriter().Write(model with { StoresSparse = true });
        var read = new OnnxReader().Read(sparse).Value!;

        Assert.True(sparse.Length < 0.7 * dense.Length, $"{sparse.Length} {dense.Length}");
        Assert.True(GraphComparison.Same(model.Graph, read.Graph));
        Assert.Equal(["w"], ModelProto.Parser.ParseFrom(sparse).Graph.SparseInitializer.Select(tensor => tensor.Values.Name));
        Assert.Equal(sparse, new OnnxWriter().Write(read));
        Assert.True(read.StoresSparse);
        Assert.Equal(dense.Length, new OnnxWriter().Size(read.With(Changed(read.Graph, 0.3f)) with { StoresSparse = false }));
    }

    [Fact]
    public void What_was_read_without_zeros_is_written_with_them_where_that_is_asked()
    {
        var model = Model(ElementType.Float, 0.2f);
        var read = new OnnxReader().Read(new OnnxWriter().Write(model with { StoresSparse = true })).Value!;

        var whole = new OnnxReader().Read(new OnnxWriter().Write(read with { StoresSparse = false })).Value!;

        Assert.Empty(whole.Source.Graph.SparseInitializer);
        Assert.Contains(whole.Source.Graph.Initializer, tensor => tensor.Name == "w");
        Assert.True(GraphComparison.Same(model.Graph, whole.Graph));
    }

    [Fact]
    public void What_branches_store_is_told_and_written_too()
    {
        var branch = new GraphProto { Name = "branch" };
        var stored = new TensorProto { Name = "w", DataType = 1, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>([.. Enumerable.Range(0, 2048).Select(i => i % 10 < 2 ? i + 1f : 0)])) };
        stored.Dims.AddRange([32, 64]);
        branch.Initializer.Add(stored);
        branch.Node.Add(Messages.Node("Identity", ["w"], ["r"]));
        branch.Output.Add(Messages.Value("r", 32, 64));
        var message = new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "g" } };
        message.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        message.Graph.Input.Add(Messages.Value("c"));
        message.Graph.Input[0].Type.TensorType.ElemType = 9;
        message.Graph.Output.Add(Messages.Value("y", 32, 64));
        message.Graph.Node.Add(Messages.Node(
            "If", ["c"], ["y"], new AttributeProto { Name = "then_branch", Type = AttributeProto.Types.AttributeType.Graph, G = branch }, new AttributeProto { Name = "else_branch", Type = AttributeProto.Types.AttributeType.Graph, G = branch }));
        var dense = new OnnxReader().Read(message.ToByteArray()).Value!;

        var sparse = new OnnxReader().Read(new OnnxWriter().Write(dense with { StoresSparse = true })).Value!;
        var whole = new OnnxReader().Read(new OnnxWriter().Write(sparse with { StoresSparse = false })).Value!;

        Assert.Empty(sparse.Source.Graph.SparseInitializer);
        Assert.Single(sparse.Source.Graph.Node[0].Attribute[0].G.SparseInitializer);
        Assert.Equal((false, true, false), (dense.StoresSparse, sparse.StoresSparse, whole.StoresSparse));
        Assert.Single(whole.Source.Graph.Node[0].Attribute[1].G.Initializer);
        Assert.True(GraphComparison.Same(dense.Graph, whole.Graph));
    }

    [Theory]
    [InlineData(0.9f, 8)]
    [InlineData(0.2f, 5)]
    public void What_is_no_smaller_so_or_not_in_this_version_stays_whole(float kept, long version)
    {
        var model = Model(ElementType.Float, kept);
        model.Source.IrVersion = version;

        Assert.Equal(new OnnxWriter().Write(model), new OnnxWriter().Write(model with { StoresSparse = true }));
    }

    [Fact]
    public void What_may_be_fed_stays_whole()
    {
        var message = ModelProto.Parser.ParseFrom(new OnnxWriter().Write(Model(ElementType.Float, 0.2f)));
        message.Graph.Input.Add(Messages.Value("w", 32, 64));
        var read = new OnnxReader().Read(message.ToByteArray()).Value!;
        var changed = read.With(Changed(read.Graph, 0.2f)) with { StoresSparse = true };

        Assert.Empty(ModelProto.Parser.ParseFrom(new OnnxWriter().Write(changed)).Graph.SparseInitializer);
    }

    [Fact]
    public void A_sparse_tensor_that_changes_is_written_anew()
    {
        var read = new OnnxReader().Read(new OnnxWriter().Write(Model(ElementType.Float, 0.2f) with { StoresSparse = true })).Value!;
        var changed = read.With(Changed(read.Graph, 0.1f));
        var again = new OnnxReader().Read(new OnnxWriter().Write(changed)).Value!;
        var gone = read.With(read.Graph with { Initializers = read.Graph.Initializers.Remove("w"), Nodes = [.. read.Graph.Nodes.Take(0)] });

        Assert.True(GraphComparison.Same(changed.Graph, again.Graph));
        Assert.Single(again.Source.Graph.SparseInitializer);
        Assert.Empty(ModelProto.Parser.ParseFrom(new OnnxWriter().Write(gone)).Graph.SparseInitializer);
    }

    [Fact]
    public void Places_may_be_counted_axis_by_axis()
    {
        var sparse = Sparse([7, 8], [2, 3], 0, 1, 1, 2);
        sparse.Indices.Dims.Clear();
        sparse.Indices.Dims.AddRange([2L, 2L]);

        Assert.Equal([0, 7, 0, 0, 0, 8], SparseTensors.Read(sparse)!.ToSingles());
        Assert.Equal([2, 3], SparseTensors.Read(sparse)!.Shape);
    }

    [Theory]
    [InlineData(new long[] { 1, 6 })]
    [InlineData(new long[] { -1, 1 })]
    [InlineData(new long[] { 2, 2 })]
    [InlineData(new long[] { 3, 1 })]
    [InlineData(new long[] { 1 })]
    public void Places_that_are_not_in_the_tensor_or_not_one_for_each_value_are_not_read(long[] places) =>
        Assert.Null(SparseTensors.Read(Sparse([7, 8], [2, 3], places)));

    [Theory]
    [InlineData(1L << 20, 1L << 20)]
    [InlineData(1L << 14, 1L << 14)]
    [InlineData(-2, -3)]
    public void A_few_numbers_of_a_shape_out_of_measure_take_no_memory(long rows, long columns) =>
        Assert.Null(SparseTensors.Read(Sparse([7, 8], [rows, columns], 0, 1)));

    [Fact]
    public void A_negative_zero_is_kept()
    {
        var values = new float[2048];
        values[5] = -0f;
        var tensor = TensorData.From([32, 64], values);
        var model = Model(ElementType.Float, 0.2f);
        model = model.With(model.Graph with { Initializers = model.Graph.Initializers.SetItem("w", tensor) }) with { StoresSparse = true };

        Assert.Equal(tensor.Bytes.ToArray(), new OnnxReader().Read(new OnnxWriter().Write(model)).Value!.Graph.Initializers["w"].Bytes.ToArray());
    }

    private static SparseTensorProto Sparse(float[] values, long[] shape, params long[] places)
    {
        var sparse = new SparseTensorProto { Values = Messages.Floats("s", values), Indices = new TensorProto { DataType = 7 } };
        sparse.Indices.Dims.Add(places.Length);
        sparse.Indices.Int64Data.AddRange(places);
        sparse.Dims.AddRange(shape);
        return sparse;
    }

    private static Graph Changed(Graph graph, float kept) => graph with
    {
        Initializers = graph.Initializers.SetItem("w", graph.Initializers["w"].WithSingles([.. Enumerable.Range(0, 2048).Select(i => i % 10 < 10 * kept ? i + 2f : 0)])),
    };

    private static OnnxModel Model(ElementType type, float kept)
    {
        var builder = new ModelBuilder();
        builder.Output(builder.Node("MatMul", [builder.Input("x", 1, 32), builder.Initializer("w", [32, 64], -1, 1)], [1, 64]));
        var model = builder.Build();
        var typed = new TensorData(type, [32, 64], new byte[2048 * (type is ElementType.Double ? 8 : type is ElementType.Float ? 4 : 2)]);
        var graph = model.Graph with { Initializers = model.Graph.Initializers.SetItem("w", typed) };
        return model.With(Changed(graph, kept));
    }
}
