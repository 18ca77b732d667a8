using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Masking;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Masking;

public sealed class WeightMaskerTests
{
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

            var (weights, zeros) = new SparsityCount().Of(masked, masked.Graph);
            Assert.InRange(zeros, (share * weights) - (scope == Scope.Local ? masked.Masked.Length : 1), (share * weights) + (scope == Scope.Local ? masked.Masked.Length : 1));
            foreach (var (name, tensor) in graph.Initializers)
            {
                var after = masked.Graph.Initializers[name];
                Assert.Equal(tensor.Shape, after.Shape);
                if (masked.Masked.All(weight => weight.Name != name))
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
        foreach (var (name, _, _) in masked.Masked)
        {
            var pairs = graph.Initializers[name].ToSingles().Zip(masked.Graph.Initializers[name].ToSingles()).ToArray();
            Assert.True(pairs.Where(pair => pair.Second == 0).Max(pair => Math.Abs(pair.First)) <= pairs.Where(pair => pair.Second != 0).Min(pair => Math.Abs(pair.First)));
        }
    }

    [Fact]
    public void Across_layers_scores_decide_how_much_each_loses_and_none_goes_as_a_whole()
    {
        var graph = SmallNets.Chain().Graph;
        var weights = Weights(graph);
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
    [InlineData(Criterion.Magnitude, 1)]
    [InlineData(Criterion.Wanda, 1)]
    [InlineData(Criterion.Magnitude, 4)]
    public void Where_layers_do_not_compete_each_keeps_one_weight_at_the_least(Criterion criterion, int outputs)
    {
        var graph = SmallNets.Vgg().Graph;
        var masked = Mask(graph, new SparsityTarget(0.99999) { Outputs = outputs }, new PruneSpec { Scope = Scope.Local, Criterion = criterion });

        Assert.All(masked.Masked, weight => Assert.Equal(outputs, masked.Graph.Initializers[weight.Name].ToSingles().Count(value => value != 0)));
        Assert.Null(new SparsityCount().Fault(masked, masked.Graph));
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
        foreach (var weight in masked.Masked)
        {
            var shape = graph.Initializers[weight.Name].Shape;
            var (before, after) = (graph.Initializers[weight.Name].ToSingles(), masked.Graph.Initializers[weight.Name].ToSingles());
            var stride = (int)TensorData.Count(shape[(weight.Axis!.Value + 1)..]);
            foreach (var lane in Enumerable.Range(0, before.Length).GroupBy(i => (i / (stride * block), i % stride)))
            {
                Assert.Equal(block, lane.Count());
                var largest = lane.OrderByDescending(i => Math.Abs(before[i])).Take(stay).ToHashSet();
                Assert.All(lane, i => Assert.Equal(largest.Contains(i) ? before[i] : 0, after[i]));
            }
        }

        Assert.All(masked.Dense, weight => Assert.Equal(graph.Initializers[weight.Name].Bytes.ToArray(), masked.Graph.Initializers[weight.Name].Bytes.ToArray()));
        Assert.Null(new SparsityCount().Fault(masked, masked.Graph));
    }

    // Each weight times its norm is the same but for the first ones, which are small times large.
    [Theory]
    [InlineData(Criterion.Wanda)]
    [InlineData(Criterion.Reconstruction)]
    public void Norms_of_what_is_multiplied_decide_too(Criterion criterion)
    {
        var graph = SmallNets.Vgg().Graph;
        var weight = Weights(graph)[1];
        var values = graph.Initializers[weight.Name].ToSingles();
        var norms = new Dictionary<string, float[]> { [weight.Name] = [.. values.Select((value, i) => (i < values.Length / 4 ? 2 : 1) / Math.Abs(value))] };
        foreach (var target in new[] { new SparsityTarget(0.75), new SparsityTarget(1, 4) })
        {
            var prune = new PruneSpec { Criterion = criterion, Scope = Scope.Global };
            var masked = new WeightMasker().Mask(graph, [weight], target, prune, 1, norms).Value!.Graph.Initializers[weight.Name].ToSingles();
            if (!target.IsPattern)
            {
                Assert.Equal(values.Select((_, i) => i >= values.Length / 4), masked.Select(value => value == 0));
            }

            Assert.Equal(values.Length / 4, masked.Count(value => value != 0));
        }
    }

    // The smallest of the first outputs would all go, were outputs compared with each other.
    [Fact]
    public void Wanda_compares_within_each_output_where_layers_do_not_compete()
    {
        var graph = SmallNets.Vgg().Graph;
        var weight = Weights(graph)[1];
        var (values, outputs) = (graph.Initializers[weight.Name].ToSingles(), graph.Initializers[weight.Name].Shape[0]);
        var each = values.Length / outputs;
        var norms = new Dictionary<string, float[]> { [weight.Name] = [.. values.Select((_, i) => i < values.Length / 2 ? 0.001f : 1)] };
        var masked = new WeightMasker().Mask(
            graph, [weight], new SparsityTarget(0.3), new PruneSpec { Criterion = Criterion.Wanda, Scope = Scope.Local }, 1, norms).Value!;
        var zeros = masked.Graph.Initializers[weight.Name].ToSingles().Chunk(each).Select(own => own.Count(value => value == 0)).ToArray();

        Assert.All(zeros, count => Assert.InRange(count, (0.3 * each) - 1, (0.3 * each) + 1));
        Assert.Equal((int)Math.Round(0.3 * values.Length), zeros.Sum());
    }

    [Fact]
    public void Across_layers_weights_compare_by_their_share_of_what_the_layer_makes()
    {
        var graph = SmallNets.Chain().Graph;
        var weights = Weights(graph);
        var large = weights.ToDictionary(weight => weight.Name, weight => Enumerable.Repeat(1f, (int)graph.Initializers[weight.Name].Length).ToArray());
        var scaled = large.ToDictionary(norm => norm.Key, norm => norm.Key == weights[1].Name ? Array.ConvertAll(norm.Value, value => value * 1000) : norm.Value);
        MaskedGraph Masked(Dictionary<string, float[]>? norms) =>
            new WeightMasker().Mask(graph, weights, new SparsityTarget(0.7), new PruneSpec { Criterion = Criterion.Wanda }, 1, norms).Value!;

        foreach (var (name, tensor) in Masked(large).Graph.Initializers)
        {
            Assert.Equal(tensor.Bytes.ToArray(), Masked(scaled).Graph.Initializers[name].Bytes.ToArray());
            Assert.Equal(tensor.Bytes.ToArray(), Masked(null).Graph.Initializers[name].Bytes.ToArray());
        }
    }

    [Theory]
    [InlineData(Scope.Global, Criterion.Auto)]
    [InlineData(Scope.Local, Criterion.Magnitude)]
    [InlineData(Scope.Auto, Criterion.Random)]
    public void Blocks_of_outputs_lose_an_input_together_or_not_at_all(Scope scope, Criterion criterion)
    {
        var graph = SmallNets.Vgg().Graph;
        var masked = Mask(graph, new SparsityTarget(0.6) { Outputs = 4 }, new PruneSpec { Scope = scope, Criterion = criterion });
        var (all, gone) = (0, 0);
        foreach (var weight in masked.Masked)
        {
            var (before, after) = (graph.Initializers[weight.Name].ToSingles(), masked.Graph.Initializers[weight.Name].ToSingles());
            var stride = (int)TensorData.Count(graph.Initializers[weight.Name].Shape[(weight.Outputs!.Value + 1)..]);
            foreach (var block in Enumerable.Range(0, before.Length).GroupBy(i => (i / (stride * 4), i % stride)))
            {
                all++;
                gone += after[block.First()] == 0 ? 1 : 0;
                Assert.Equal(4, block.Count());
                Assert.All(block, i => Assert.Equal(after[block.First()] == 0 ? 0 : before[i], after[i]));
            }
        }

        Assert.Equal(0.6 * all, gone, scope == Scope.Local ? masked.Masked.Length : 1.0);
        Assert.NotEmpty(masked.Dense);
        Assert.Null(new SparsityCount().Fault(masked, masked.Graph));
        Assert.Contains("of 4x1", new SparsityCount().Fault(masked with { Graph = graph }, graph), StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_that_comes_back_is_found()
    {
        var graph = SmallNets.Vgg().Graph;
        var masked = Mask(graph, new SparsityTarget(2, 4), new PruneSpec());

        Assert.Contains("was masked", new SparsityCount().Fault(masked, graph), StringComparison.Ordinal);
        Assert.Contains(
            "block of 4", new SparsityCount().Fault(masked with { Graph = graph }, graph), StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_zero_already_count_and_the_target_is_met_to_the_number()
    {
        var graph = SmallNets.Chain().Graph;
        var first = Mask(graph, new SparsityTarget(0.9), new PruneSpec { Criterion = Criterion.Random });
        var second = Mask(first.Graph, new SparsityTarget(0.95), new PruneSpec { Criterion = Criterion.Random });
        var (weights, zeros) = new SparsityCount().Of(second, second.Graph);

        Assert.Equal((long)Math.Round(0.95 * weights), zeros);
        Assert.Null(new SparsityCount().Fault(first, second.Graph));
    }

    [Fact]
    public void Equal_weights_do_not_keep_each_other()
    {
        var graph = SmallNets.Chain().Graph;
        graph = graph with
        {
            Initializers = graph.Initializers.SetItems(Weights(graph).Select(weight => KeyValuePair.Create(
                weight.Name, graph.Initializers[weight.Name].WithSingles(Array.ConvertAll(graph.Initializers[weight.Name].ToSingles(), _ => 0.5f))))),
        };
        foreach (var criterion in new[] { Criterion.Lamp, Criterion.Magnitude })
        {
            var masked = Mask(graph, new SparsityTarget(0.9), new PruneSpec { Criterion = criterion });
            var (weights, zeros) = new SparsityCount().Of(masked, masked.Graph);

            Assert.Equal((long)Math.Round(0.9 * weights), zeros);
        }
    }

    [Fact]
    public void More_than_layers_may_lose_is_refused_and_not_done_in_part()
    {
        var graph = SmallNets.Chain().Graph;
        var refused = new WeightMasker().Mask(graph, Weights(graph), new SparsityTarget(0.995), new PruneSpec(), 1);

        var error = Assert.Single(refused.Diagnostics);
        Assert.Equal("MSLIM5001", error.Code);
        Assert.Contains("at most 98.", error.Message, StringComparison.Ordinal);
        Assert.True(new WeightMasker().Mask(graph, Weights(graph), new SparsityTarget(0.995), new PruneSpec { Scope = Scope.Local }, 1).Succeeded);
    }

    [Fact]
    public void Chance_decides_within_blocks_too()
    {
        var graph = SmallNets.Vgg().Graph;
        var largest = Mask(graph, new SparsityTarget(2, 4), new PruneSpec());
        var drawn = Mask(graph, new SparsityTarget(2, 4), new PruneSpec { Criterion = Criterion.Random });

        Assert.Null(new SparsityCount().Fault(drawn, drawn.Graph));
        Assert.NotNull(new SparsityCount().Fault(largest, drawn.Graph));
    }

    [Fact]
    public void Blocks_of_outputs_that_fit_no_layer_are_refused()
    {
        var refused = new WeightMasker().Mask(
            SmallNets.Chain().Graph, Weights(SmallNets.Chain().Graph), new SparsityTarget(0.5) { Outputs = 61 }, new PruneSpec(), 1);

        Assert.Contains("a multiple of 61 outputs", Assert.Single(refused.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_that_fits_no_layer_is_refused()
    {
        var refused = new WeightMasker().Mask(SmallNets.Chain().Graph, Weights(SmallNets.Chain().Graph), new SparsityTarget(31, 61), new PruneSpec(), 1);

        var error = Assert.Single(refused.Diagnostics);
        Assert.Equal("MSLIM5001", error.Code);
        Assert.Contains("61", error.Message, StringComparison.Ordinal);
    }

    private static MaskedGraph Mask(Graph graph, SparsityTarget target, PruneSpec prune)
    {
        var masked = new WeightMasker().Mask(graph, Weights(graph), target, prune, 1);
        Assert.True(masked.Succeeded, string.Join('\n', masked.Diagnostics));
        return masked.Value;
    }

    // These nets have Conv, whose second axis is summed over, and Gemm with B transposed or not.
    private static ImmutableArray<MaskableWeight> Weights(Graph graph) =>
    [
        .. graph.Nodes.Where(node => node.OpType is "Conv" or "Gemm")
            .Select(node => new MaskableWeight(
                node.Inputs[1],
                node.OpType == "Conv" ? 1 : (int)node.GetInt("transB", 0),
                node.OpType == "Conv" ? 0 : 1 - (int)node.GetInt("transB", 0))),
    ];
}
