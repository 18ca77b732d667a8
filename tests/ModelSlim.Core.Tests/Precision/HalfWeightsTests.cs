using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Precision;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Precision;

public sealed class HalfWeightsTests
{
    [Fact]
    public void Weights_take_half_and_are_read_as_before_and_vectors_stay()
    {
        var model = SmallNets.Chain();
        var half = HalfWeights.Of(model);
        var read = new OnnxReader().Read(Bytes(half)).Value!.Graph;

        var casts = read.Nodes.Where(node => node.OpType == "Cast").ToArray();
        Assert.NotEmpty(casts);
        Assert.All(casts, cast =>
        {
            var (before, after) = (model.Graph.Initializers[cast.Outputs[0]], read.Initializers[cast.Inputs[0]]);
            Assert.True(before.Shape.Length > 1);
            Assert.Equal((ElementType.Float16, before.Bytes.Length / 2), (after.Type, after.Bytes.Length));
            Assert.Equal(after.ToSingles(), before.ToSingles().Select(value => (float)(Half)value));
            Assert.Equal(after.Bytes.Length, HalfWeights.BytesOf(before));
        });
        foreach (var (name, tensor) in model.Graph.Initializers.Where(entry => entry.Value.Shape.Length < 2))
        {
            Assert.Equal(tensor.Bytes.ToArray(), read.Initializers[name].Bytes.ToArray());
            Assert.Equal(tensor.Bytes.Length, HalfWeights.BytesOf(tensor));
        }

        Assert.Same(half.Graph.Initializers[casts[0].Inputs[0]], HalfWeights.Of(half).Graph.Initializers[casts[0].Inputs[0]]);
    }

    [Fact]
    public void What_rounds_to_zero_is_a_plain_one()
    {
        var builder = new ModelBuilder();
        var weight = builder.Initializer("w", TensorData.From([16, 16], [.. Enumerable.Range(0, 256).Select(i => i % 2 == 0 ? 1f : -1e-9f)]));
        builder.Output(builder.Node("MatMul", [builder.Input("x", 1, 16), weight], [1, 16]));
        var half = Assert.Single(HalfWeights.Of(builder.Build()).Graph.Initializers).Value;

        Assert.Equal((ElementType.Float16, 128), (half.Type, half.ToSingles().Count(value => value == 0)));
        Assert.DoesNotContain(half.ToSingles(), value => value == 0 && float.IsNegative(value));
    }

    [Fact]
    public void What_was_stored_so_can_be_opened_and_stored_so_again()
    {
        var half = HalfWeights.Of(SmallNets.Chain());
        var open = HalfWeights.Opened(half);

        Assert.NotEmpty(HalfWeights.StoredIn(half.Graph));
        Assert.Empty(HalfWeights.StoredIn(open.Graph));
        Assert.Equal(SmallNets.Chain().Graph.Initializers.Keys.Order(StringComparer.Ordinal), open.Graph.Initializers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(SmallNets.Chain().Graph.Nodes.Select(node => node.Name), open.Graph.Nodes.Select(node => node.Name));
        Assert.Equal(Bytes(half), Bytes(half.With(HalfWeights.Of(open, HalfWeights.StoredIn(half.Graph), all: false).Graph)));
        Assert.Same(open, HalfWeights.Opened(open));
    }

    [Fact]
    public void What_something_else_reads_too_stays()
    {
        var half = HalfWeights.Of(SmallNets.Chain());
        var cast = half.Graph.Nodes.First(node => node.OpType == "Cast");
        var shared = half.With(half.Graph with { Nodes = half.Graph.Nodes.Add(new Node { Name = "size", OpType = "Shape", Inputs = [cast.Inputs[0]], Outputs = ["size"] }) });

        Assert.Contains(cast, HalfWeights.Opened(shared).Graph.Nodes);
    }

    [Theory]
    [InlineData(1e6f, "too large")]
    [InlineData(1e-7f, "too small")]
    [InlineData(float.NaN, "no number")]
    [InlineData(float.PositiveInfinity, "endless")]
    public void What_16_bits_do_not_hold_stays(float value, string reason)
    {
        var values = Enumerable.Range(0, 256).Select(i => i == 0 || !float.IsFinite(value) ? value : value * i / 256).ToArray();
        var tensor = TensorData.From([16, 16], values);

        Assert.True(HalfWeights.BytesOf(tensor) == tensor.Bytes.Length, reason);
    }

    [Fact]
    public void Few_numbers_and_other_types_stay()
    {
        Assert.Equal(36, HalfWeights.BytesOf(TensorData.From([3, 3], new float[9])));
        Assert.Equal(2048, HalfWeights.BytesOf(TensorData.From(ElementType.Int64, [16, 16], new float[256])));
    }

    [Fact]
    public void What_a_branch_stores_is_stored_so_in_the_branch()
    {
        var weights = TensorData.From([16, 16], Enumerable.Range(0, 256).Select(i => i / 64f).ToArray());
        Graph Branch(string name) => new()
        {
            Name = name,
            Inputs = [],
            Outputs = [new GraphValue($"{name}/y", ElementType.Float, [])],
            Nodes = [new Node { Name = name, OpType = "MatMul", Inputs = ["x", $"{name}/w"], Outputs = [$"{name}/y"] }],
            Initializers = ImmutableDictionary<string, TensorData>.Empty.Add($"{name}/w", weights),
            Opsets = SmallNets.Chain().Graph.Opsets,
        };
        var model = SmallNets.Chain();
        var node = new Node { Name = "if", OpType = "If", Inputs = ["c"], Outputs = ["y"] }
            .With("then_branch", new AttributeValue.Subgraph(Branch("one"))).With("else_branch", new AttributeValue.Subgraph(Branch("two")));
        var half = HalfWeights.Of(model.With(model.Graph with { Nodes = [.. model.Graph.Nodes, node] }));

        Assert.All(half.Graph.Nodes[^1].Subgraphs, branch =>
        {
            Assert.Equal(["Cast", "MatMul"], branch.Nodes.Select(inner => inner.OpType));
            Assert.Equal(branch.Nodes[1].Inputs[1], branch.Nodes[0].Outputs[0]);
            Assert.Equal(ElementType.Float16, Assert.Single(branch.Initializers).Value.Type);
        });
        Assert.Equal(2, half.Graph.Nodes[^1].Subgraphs.SelectMany(branch => branch.Initializers.Keys).Distinct().Count());
    }

    private static byte[] Bytes(OnnxModel model)
    {
        using var file = new MemoryStream();
        new OnnxWriter().Prepare(model, "data").WriteModel(file);
        return file.ToArray();
    }
}
