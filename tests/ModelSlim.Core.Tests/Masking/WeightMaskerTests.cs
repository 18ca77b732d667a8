using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Masking;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Masking;

public sealed class WeightMaskerTests
{
    private static readonly ImmutableSortedSet<string> Nothing = [];

    [Theory]
    [InlineData(0.5, Scope.Global, Criterion.Auto)]
    [InlineData(0.8, Scope.Global, Criterion.Magnitude)]
    [InlineData(0.9, Scope.Local, Criterion.Magnitude)]
    [InlineData(0.8, Scope.Auto, Criterion.Lamp)]
    [InlineData(0.8, Scope.Auto, Criterion.Random)]
    public void So_many_weights_become_zero_and_no_other_number_changes(double share, Scope scope, Criterion criterion)
    {
        foreach (var kind in SmallNets.Kinds)
        {
            var graph = SmallNets.Make(kind).Graph;
            var masked = Mask(graph, new SparsityTarget(share), new PruneSpec { Scope = scope, Criterion = criterion });

            var (weights, zeros) = new SparsityCount().Of(masked.Graph, Nothing);
            Assert.InRange(zeros, (share * weights) - masked.Masked.Length, (share * weights) + masked.Masked.Length);
            foreach (var (name, tensor) in graph.Initializers)
            {
                var after = masked.Graph.Initializers[name];
                Assert.Equal(tensor.Shape, after.Shape);
                if (!masked.Masked.Contains(name))
                {
                    Assert.Equal(tensor.Bytes.ToArray(), after.Bytes.ToArray());
                    continue;
                }

                Assert.All(tensor.ToSingles().Zip(after.ToSingles()), pair => Assert.True(pair.Second == 0 || pair.First == pair.Second));
                Assert.Contains(after.ToSingles(), value => value != 0);
            }
        }
    }

    [Fact]
    public void The_smallest_go()
    {
        var graph = SmallNets.Chain().Graph;
        var masked = Mask(graph, new SparsityTarget(0.7), new PruneSpec { Scope = Scope.Local, Criterion = Criterion.Magnitude });
        foreach (var name in masked.Masked)
        {
            var pairs = graph.Initializers[name].ToSingles().Zip(masked.Graph.Initializers[name].ToSingles()).ToArray();
            Assert.True(pairs.Where(pair => pair.Second == 0).Max(pair => Math.Abs(pair.First)) <= pairs.Where(pair => pair.Second != 0).Min(pair => Math.Abs(pair.First)));
        }
    }

    [Fact]
    public void Across_layers_scores_decide_how_much_each_loses_and_none_goes_as_a_whole()
    {
        var graph = SmallNets.Chain().Graph;
        var weights = MaskableWeight.Of(graph, Nothing);
        var small = graph.Initializers[weights[1].Name];
        graph = graph with { Initializers = graph.Initializers.SetItem(weights[1].Name, small.WithSingles(Array.ConvertAll(small.ToSingles(), value => value * 1e-6f))) };
        double Left(Criterion criterion)
        {
            var values = Mask(graph, new SparsityTarget(0.6), new PruneSpec { Scope = Scope.Global, Criterion = criterion }).Graph.Initializers[weights[1].Name].ToSingles();
            return (double)values.Count(value => value != 0) / values.Length;
        }

        Assert.InRange(Left(Criterion.Magnitude), 1e-9, 0.03);
        Assert.InRange(Left(Criterion.Lamp), 0.2, 0.8);
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(1, 4)]
    [InlineData(4, 8)]
    public void Of_every_block_along_the_inputs_the_largest_stay(int stay, int block)
    {
        var graph = SmallNets.Vgg().Graph;
        var masked = Mask(graph, new SparsityTarget(stay, block), new PruneSpec());
        Assert.NotEmpty(masked.Dense);
        foreach (var weight in MaskableWeight.Of(graph, Nothing).Where(weight => masked.Masked.Contains(weight.Name)))
        {
            var shape = graph.Initializers[weight.Name].Shape;
            var (before, after) = (graph.Initializers[weight.Name].ToSingles(), masked.Graph.Initializers[weight.Name].ToSingles());
            var stride = (int)TensorData.Count(shape[(weight.Axis + 1)..]);
            foreach (var lane in Enumerable.Range(0, before.Length).GroupBy(i => (i / (stride * block), i % stride)))
            {
                Assert.Equal(block, lane.Count());
                var largest = lane.OrderByDescending(i => Math.Abs(before[i])).Take(stay).ToHashSet();
                Assert.All(lane, i => Assert.Equal(largest.Contains(i) ? before[i] : 0, after[i]));
            }
        }

        Assert.All(masked.Dense, name => Assert.Equal(graph.Initializers[name].Bytes.ToArray(), masked.Graph.Initializers[name].Bytes.ToArray()));
        Assert.Null(new SparsityCount().Fault(masked, masked.Graph, new SparsityTarget(stay, block), Nothing));
    }

    [Fact]
    public void A_weight_that_comes_back_is_found()
    {
        var graph = SmallNets.Vgg().Graph;
        var target = new SparsityTarget(2, 4);
        var masked = Mask(graph, target, new PruneSpec());

        Assert.Contains("was masked", new SparsityCount().Fault(masked, graph, target, Nothing), StringComparison.Ordinal);
        Assert.Contains(
            "block of 4", new SparsityCount().Fault(masked with { Graph = graph }, graph, target, Nothing), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_ignored_stays()
    {
        var graph = SmallNets.Chain().Graph;
        var first = MaskableWeight.Of(graph, Nothing)[0].Name;
        var masked = new WeightMasker().Mask(graph, new SparsityTarget(0.9), new PruneSpec(), new HashSet<string> { first }, 1).Value!;

        Assert.DoesNotContain(first, masked.Masked);
        Assert.Equal(graph.Initializers[first].Bytes.ToArray(), masked.Graph.Initializers[first].Bytes.ToArray());
    }

    [Fact]
    public void A_pattern_that_fits_no_layer_is_refused()
    {
        var refused = new WeightMasker().Mask(SmallNets.Chain().Graph, new SparsityTarget(31, 61), new PruneSpec(), Nothing, 1);

        var error = Assert.Single(refused.Diagnostics);
        Assert.Equal("MSLIM5001", error.Code);
        Assert.Contains("61", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Gemm", 1, 1)]
    [InlineData("Gemm", 0, 0)]
    [InlineData("MatMul", 0, 0)]
    public void Blocks_lie_along_the_axis_that_is_summed_over(string type, int transposed, int axis)
    {
        var builder = new ModelBuilder();
        var weight = builder.Initializer("w", TensorData.From([4, 8], new float[32]));
        var x = builder.Input("x", 1, transposed == 1 ? 8 : 4);
        builder.Node(type, [x, weight], [1, transposed == 1 ? 4 : 8], type == "Gemm" ? [("transB", new AttributeValue.Int(transposed))] : []);

        Assert.Equal(new MaskableWeight("w", axis), Assert.Single(MaskableWeight.Of(builder.Build().Graph, Nothing)));
    }

    private static MaskedGraph Mask(Graph graph, SparsityTarget target, PruneSpec prune)
    {
        var masked = new WeightMasker().Mask(graph, target, prune, Nothing, 1);
        Assert.True(masked.Succeeded, string.Join('\n', masked.Diagnostics));
        return masked.Value;
    }
}
