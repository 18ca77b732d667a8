using ModelSlim.Core.Graphs;
using ModelSlim.Core.Masking;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tests.Graphs;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Masking;

/// <summary>Which weights a pattern fits.</summary>
public sealed class PatternFitTests
{
    // What one axis of a shared weight gets as a pattern, the layer that sums over the other does not see.
    [Fact]
    public void What_layers_sum_over_along_two_axes_stays_whole_and_says_why()
    {
        var builder = new ModelBuilder();
        var w = builder.Initializer("w", [8, 8], -1, 1);
        var first = builder.Node("Gemm", [builder.Input("x", 1, 8), w], [1, 8], ("transB", new AttributeValue.Int(1)));
        builder.Output(builder.Node("MatMul", [builder.Node("MatMul", [first, w], [1, 8]), builder.Initializer("own", [8, 6], -1, 1)], [1, 6]));
        var graph = builder.Build().Graph;
        var weights = new MaskableWeights(OperatorCatalog.Standard).Find(new GraphIndex(graph), HandTrace.Of(graph, builder), new HashSet<string>());
        var masked = new WeightMasker().Mask(graph, weights, new SparsityTarget(2, 4), new PruneSpec(), 1).Value!;

        Assert.Equal("own", Assert.Single(masked.Masked).Name);
        Assert.Equal(("w", "layers that share it do not sum over the same axis"), Assert.Single(masked.Dense.Select(weight => (weight.Name, weight.Obstacle))));
        Assert.DoesNotContain(0f, masked.Graph.Initializers["w"].ToSingles());
        Assert.Null(new SparsityCount().Fault(masked, masked.Graph));
    }

    [Theory]
    [InlineData(8, null, 2, 4, 1, null)]
    [InlineData(6, null, 2, 4, 1, "its axis of 6 is no multiple of 4")]
    [InlineData(null, null, 2, 4, 1, "its layer does not sum over inputs")]
    [InlineData(8, 8, 0, 0, 4, null)]
    [InlineData(8, null, 0, 0, 4, "its outputs do not share their inputs")]
    [InlineData(null, null, 0, 0, 1, null)]
    public void What_does_not_fit_is_said_why(int? inputs, int? outputs, int stay, int block, int together, string? obstacle)
    {
        var builder = new ModelBuilder();
        var shape = new[] { outputs ?? 3, inputs ?? 3 };
        var weight = new MaskableWeight(builder.Initializer("w", [.. shape], -1, 1), inputs is null ? null : 1, outputs is null ? null : 0);
        var target = block > 0 ? new SparsityTarget(stay, block) : new SparsityTarget(0.5) { Outputs = together };
        builder.Output(builder.Relu(builder.Input("x", 1)));
        var (fits, dense) = PatternFit.Of(builder.Build().Graph, [weight], target);

        Assert.Equal(obstacle is null ? 1 : 0, fits.Length);
        Assert.Equal(obstacle, dense.SingleOrDefault()?.Obstacle);
    }
}
