using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Masking;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;
using ModelSlim.Core.Tests.Graphs;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Masking;

public sealed class MaskableWeightsTests
{
    [Theory]
    [InlineData("Gemm", "transB", 1, new[] { 1, 8 }, new[] { 4, 8 }, new[] { 1, 4 }, 1, 0)]
    [InlineData("Gemm", "transB", 0, new[] { 1, 4 }, new[] { 4, 8 }, new[] { 1, 8 }, 0, 1)]
    [InlineData("MatMul", "", 0, new[] { 1, 4 }, new[] { 4, 8 }, new[] { 1, 8 }, 0, 1)]
    [InlineData("MatMul", "", 0, new[] { 2, 1, 4 }, new[] { 2, 4, 8 }, new[] { 2, 1, 8 }, 1, 2)]
    [InlineData("Conv", "group", 1, new[] { 1, 4, 6, 6 }, new[] { 8, 4, 3, 3 }, new[] { 1, 8, 4, 4 }, 1, 0)]
    [InlineData("Conv", "group", 2, new[] { 1, 4, 6, 6 }, new[] { 8, 2, 3, 3 }, new[] { 1, 8, 4, 4 }, 1, null)]
    [InlineData("Conv", "group", 4, new[] { 1, 4, 6, 6 }, new[] { 4, 1, 3, 3 }, new[] { 1, 4, 4, 4 }, null, null)]
    [InlineData("ConvTranspose", "group", 1, new[] { 1, 4, 6, 6 }, new[] { 4, 8, 3, 3 }, new[] { 1, 8, 8, 8 }, 0, 1)]
    public void Blocks_lie_along_the_axis_that_is_summed_over(string type, string attribute, int value, int[] input, int[] weight, int[] output, int? axis, int? outputs)
    {
        var found = Find(builder => builder.Node(
            type,
            [builder.Input("x", input), builder.Initializer("w", [.. weight], -1, 1)],
            output,
            attribute.Length == 0 ? [] : [(attribute, new AttributeValue.Int(value))]));

        Assert.Equal(new MaskableWeight("w", axis, outputs), Assert.Single(found));
    }

    [Fact]
    public void A_stored_left_factor_is_a_weight_too() =>
        Assert.Equal(new MaskableWeight("w", 1, 0), Assert.Single(Find(builder => builder.Node(
            "MatMul", [builder.Initializer("w", [3, 4], -1, 1), builder.Input("x", 4, 5)], [3, 5]))));

    [Fact]
    public void Factors_place_by_place_vectors_and_what_is_ignored_are_no_such_weights()
    {
        string Net(ModelBuilder builder) => builder.Node(
            "Mul",
            [builder.Node("Gemm", [builder.Input("x", 2, 4), builder.Initializer("w", [4, 8], -1, 1), builder.Initializer("b", [8], -1, 1)], [2, 8]), builder.Initializer("f", [2, 8], -1, 1)],
            [2, 8]);

        Assert.Equal("w", Assert.Single(Find(Net)).Name);
        Assert.Empty(Find(Net, "w"));
    }

    // Rows of w are summed over by the one, columns by the other.
    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public void What_layers_sum_over_along_two_axes_has_no_axis_for_blocks(int second, bool agree)
    {
        var weight = Assert.Single(Find(builder =>
        {
            var w = builder.Initializer("w", [8, 8], -1, 1);
            var first = builder.Node("Gemm", [builder.Input("x", 1, 8), w], [1, 8], ("transB", new AttributeValue.Int(1)));
            return builder.Node("Gemm", [first, w], [1, 8], ("transB", new AttributeValue.Int(second)));
        }));

        Assert.Equal(agree ? (1, 0) : (null, null), (weight.Axis, weight.Outputs));
        Assert.Equal(!agree, weight.Obstacle is not null);
    }

    [Fact]
    public void A_weight_behind_nodes_that_move_it_or_store_it_otherwise_is_one_along_its_own_axis()
    {
        static string Net(ModelBuilder builder)
        {
            var w = builder.Node("Identity", [builder.Initializer("w", [8, 4], -1, 1)], [8, 4]);
            var wide = builder.Node("Cast", [w], [8, 4], ("to", new AttributeValue.Int((int)ElementType.Float)));
            var turned = builder.Node("Transpose", [wide], [4, 8], ("perm", new AttributeValue.Ints([1, 0])));
            return builder.Node("MatMul", [builder.Input("x", 1, 4), turned], [1, 8]);
        }

        Assert.Equal(new MaskableWeight("w", 1, 0), Assert.Single(Find(Net)));
        var builder = new ModelBuilder();
        builder.Output(Net(builder));
        Assert.All(builder.Build().Graph.Nodes.SelectMany(node => node.Inputs[^1..]), name => Assert.Empty(Find(Net, name)));
    }

    [Fact]
    public void A_weight_that_is_taken_apart_has_no_axis_and_what_a_sample_asks_for_is_no_weight()
    {
        var weight = Assert.Single(Find(builder =>
        {
            var flat = builder.Node("Reshape", [builder.Initializer("w", [2, 16], -1, 1), builder.Initializer("shape", TensorData.From([2], [4L, 8]))], [4, 8]);
            return builder.Node("MatMul", [builder.Input("x", 1, 4), flat], [1, 8]);
        }));
        Assert.Equal(("w", null), (weight.Name, weight.Axis));
        Assert.NotNull(weight.Obstacle);

        Assert.Equal("w", Assert.Single(Find(builder =>
        {
            var rows = builder.Node("Gather", [builder.Initializer("table", [16, 4], -1, 1), builder.Ids("ids", 2)], [2, 4], ("axis", new AttributeValue.Int(0)));
            return builder.Node("MatMul", [rows, builder.Initializer("w", [4, 8], -1, 1)], [2, 8]);
        })).Name);
    }

    private static ImmutableArray<MaskableWeight> Find(Func<ModelBuilder, string> net, params string[] ignored)
    {
        var builder = new ModelBuilder();
        builder.Output(net(builder));
        var graph = builder.Build().Graph;
        return new MaskableWeights(OperatorCatalog.Standard).Find(new GraphIndex(graph), HandTrace.Of(graph, builder), ignored.ToHashSet());
    }
}
