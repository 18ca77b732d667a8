using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Simplification;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Oracles;

/// <summary>
/// Shuffles as Gather: the same is computed at the traced sizes and at others, and what random plans leave equals the masked original.
/// </summary>
public sealed class ShuffleGathersTests
{
    private const int Plans = 8;

    public static TheoryData<string, bool, int> Shuffles => new()
    {
        { "channel shuffle", false, 12 + 6 },
        { "channel shuffle", true, 12 + 6 },
        { "channel shuffle by computed sizes", false, 12 + 6 },
        { "channel shuffle by computed sizes", true, 12 + 6 },
        { "shuffled halves", false, 12 + (3 * 6) + 6 },
        { "shuffled halves", true, 12 + (3 * 6) + 6 },
        { "shuffled halves by computed sizes", false, 12 + (3 * 6) + 6 },
        { "shuffled halves by computed sizes", true, 12 + (3 * 6) + 6 },
    };

    public static TheoryData<string> Others =>
        [.. StructureNets.Kinds.Select(kind => kind.Name).Where(name => !name.Contains("shuffle", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Shuffles))]
    public void EveryChannelGoesByItself(string name, bool isDynamic, int channels)
    {
        var (kind, model, gathered) = Gathered(name, isDynamic);
        var (given, traced) = (Traced(kind, model), Traced(kind, gathered));
        Assert.DoesNotContain(gathered.Graph.Nodes, node => node.OpType is "Reshape" or "Transpose" or "Shape");

        // A group of one channel is none.
        Assert.InRange(traced.Dependencies.Channels, channels - 6, isDynamic ? channels : int.MaxValue);
        Assert.False(traced.Dependencies.HasClashes);

        var random = new SplitMix(7);
        for (var plan = 0; plan < Plans; plan++)
        {
            var cuts = new PlanExpansion().Expand(traced.RandomCuts(random), traced.Dependencies, traced.Trace);
            Assert.True(cuts.Succeeded);
            var slim = new CutApplier(OperatorCatalog.Standard).Apply(traced.Index, traced.Trace, cuts.Value);
            var masked = new ChannelMask(OperatorCatalog.Standard).Apply(traced.Index, traced.Trace, cuts.Value);
            foreach (var shape in isDynamic ? [kind.Input, kind.OtherInput] : new[] { kind.Input })
            {
                Assert.Equal(given.Run(model.Graph, plan, shape), traced.Run(gathered.Graph, plan, shape));
                AssertClose(traced.Run(masked, plan, shape), traced.Run(slim, plan, shape));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void WhatIsNoShuffleStays(string name)
    {
        var (_, model, gathered) = Gathered(name, isDynamic: false);

        Assert.Same(model.Graph, gathered.Graph);
    }

    private static (StructureKind Kind, OnnxModel Model, OnnxModel Gathered) Gathered(string name, bool isDynamic)
    {
        var kind = StructureNets.Kinds.Single(kind => kind.Name == name);
        var model = StructureNets.Make(kind, isDynamic);
        var graph = new ShuffleGathers(new GraphIndex(model.Graph), Traced(kind, model).Trace, OperatorCatalog.Standard).Apply();
        return (kind, model, ReferenceEquals(graph, model.Graph) ? model : model.With(graph));
    }

    private static TracedModel Traced(StructureKind kind, OnnxModel model) =>
        new(model, ImmutableDictionary<string, ImmutableArray<int>>.Empty.Add("x", kind.Input));

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var error = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max() / Math.Max(expected.Max(Math.Abs), 1e-12f);
        Assert.True(error <= 1e-4, $"relative error {error}");
    }
}
