using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Data;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Onnx.Protobuf;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tracing;

namespace ModelSlim.Evaluation.Tests.Conformance;

/// <summary>
/// Slicing commutes, for every operator: running the node on sliced inputs gives the slice of what it gives on the whole
/// inputs, where removed channels that it sums over are masked.
/// </summary>
public sealed class SlicingCommutesTests
{
    private static readonly OperatorCatalog Catalog = OperatorCatalog.Standard;
    private readonly SessionFactory sessions = new();

    public static TheoryData<string> Names => [.. OperatorCases.All().Select(c => c.ToString())];

    [Fact]
    public void EveryOperatorHasACase()
    {
        // What lets no channel through has nothing to slice; its reasons are tested with the operator.
        var covered = OperatorCases.All().Select(c => $"{c.Node.Domain}:{c.Node.OpType}").ToHashSet();
        Assert.Equal(
            [],
            Catalog.Operators.Where(op => op is not (FrozenOperator or QuantizedContribution))
                .SelectMany(op => op.OpTypes.Select(name => $"{op.Domain}:{name}")).Except(covered));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SlicingCommutes(string name)
    {
        var test = OperatorCases.All().Single(c => c.ToString() == name);
        var trace = new ModelTracer(sessions, Catalog)
            .Trace(Model(test.Graph), ImmutableDictionary<string, ImmutableArray<int>>.Empty, TestContext.Current.CancellationToken);
        Assert.True(trace.Succeeded, string.Join('\n', trace.Diagnostics));

        var closed = new GraphIndex(test.Graph);
        var open = new GraphIndex(test.Graph with { Outputs = [] });
        var dependencies = new DependencyBuilder(Catalog).Build(open, trace.Value, ImmutableHashSet<string>.Empty);
        Assert.Equal(test.Channels, dependencies.Groups.Sum(group => group.Channels));

        var random = new SplitMix(1, name);
        for (var round = 0; round < 8; round++)
        {
            var cuts = new PlanExpansion().Expand(dependencies.Groups.Select(group => Choose(group, random)), dependencies, trace.Value);
            Assert.True(cuts.Succeeded);
            var slim = Run(new CutApplier(Catalog).Apply(closed, trace.Value, cuts.Value));
            var masked = Run(new ChannelMask(Catalog).Apply(closed, trace.Value, cuts.Value));
            for (var output = 0; output < slim.Length; output++)
            {
                AssertSame(Slice(masked[output], test.Outputs.ElementAt(output), cuts.Value), slim[output]);
            }
        }
    }

    private static GroupCut Choose(ChannelGroup group, SplitMix random)
    {
        var order = random.Permutation(group.Channels);
        return new GroupCut(group.Id, group.Channels, [.. order.Take(random.NextInt(group.Channels)).Order()]);
    }

    private static OnnxModel Model(Graph graph) => new(graph, new ModelProto { IrVersion = 8, Graph = new GraphProto() });

    private static TensorData Slice(TensorData tensor, string name, ChannelCuts cuts)
    {
        for (var axis = 0; axis < tensor.Shape.Length; axis++)
        {
            if (cuts.Of(name, axis) is { } kept)
            {
                tensor = tensor.Take(axis, kept.AsSpan());
            }
        }

        return tensor;
    }

    private static void AssertSame(TensorData expected, TensorData actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.Equal(expected.Type, actual.Type);
        if (!expected.IsFloatingPoint)
        {
            Assert.Equal(expected.Bytes.ToArray(), actual.Bytes.ToArray());
            return;
        }

        var (e, a) = (expected.ToSingles(), actual.ToSingles());
        var scale = Math.Max(1e-6f, e.Select(Math.Abs).DefaultIfEmpty(0).Max());
        for (var i = 0; i < e.Length; i++)
        {
            Assert.True(Math.Abs(e[i] - a[i]) <= 1e-5 * scale, $"element {i}: {e[i]} and {a[i]}");
        }
    }

    private TensorData[] Run(Graph graph)
    {
        var session = sessions.Open(Model(graph), SessionSettings.AsIs);
        Assert.True(session.Succeeded, string.Join('\n', session.Diagnostics));
        using var opened = session.Value;
        var outputs = opened.Run([], TestContext.Current.CancellationToken);
        Assert.True(outputs.Succeeded, string.Join('\n', outputs.Diagnostics));
        return [.. outputs.Value.Select(output => output!)];
    }
}
