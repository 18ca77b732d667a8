using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Masking;
using ModelSlim.Core.Operators;
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

    private static ImmutableArray<MaskableWeight> Find(Func<ModelBuilder, string> net, params string[] ignored)
    {
        var builder = new ModelBuilder();
        builder.Output(net(builder));
        var graph = builder.Build().Graph;
        return new MaskableWeights(OperatorCatalog.Standard).Find(new GraphIndex(graph), HandTrace.Of(graph, builder), ignored.ToHashSet());
    }
}
