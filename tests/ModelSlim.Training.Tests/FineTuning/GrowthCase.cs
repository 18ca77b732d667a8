using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Masking;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.FineTuning;

namespace ModelSlim.Training.Tests.FineTuning;

/// <summary>Sparsity that grows over all weights of the convolutions of a net.</summary>
internal static class GrowthCase
{
    public static ImmutableArray<string> Names(Graph graph) => [.. Weights(graph).Select(weight => weight.Name)];

    public static MaskGrowth Of(Graph graph, double part = 0.5, Criterion criterion = Criterion.Fisher) => new(Weights(graph), 0, 0.7, 1, part, criterion, Scope.Auto);

    public static long Zeros(Graph graph, Graph of) => Names(graph).Sum(name => of.Initializers[name].ToSingles().LongCount(value => value == 0));

    public static long Count(Graph graph) => Names(graph).Sum(name => graph.Initializers[name].Length);

    private static ImmutableArray<MaskableWeight> Weights(Graph graph) =>
        [.. graph.Nodes.Where(node => node.OpType == "Conv").Select(node => new MaskableWeight(node.Inputs[1], 1, 0))];
}
