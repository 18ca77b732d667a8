using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Tensors;
using ModelSlim.Core.Tests.Graphs;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Pruning;

/// <summary>Computed sizes after cuts; what cuts do otherwise is for the oracles to say.</summary>
public sealed class CutApplierTests
{
    private static readonly ChannelCuts Cuts = new([Kept("x", 1, 0, 2, 3), Kept("relu_1_out", 1, 0, 2, 3), Kept("reshape_1_out", 1, 0, 2, 3)]);

    [Fact]
    public void A_copied_extent_follows_by_itself()
    {
        var graph = Net(out var trace, (b, shape) => b.Node("Identity", [shape], [2]), isDynamic: true);

        var slim = Apply(graph, trace);

        Assert.Equal(graph.Nodes.Select(node => node.OpType), slim.Nodes.Select(node => node.OpType));
    }

    [Fact]
    public void What_more_is_made_of_an_extent_is_restored_and_scaled()
    {
        var graph = Net(out var trace, (b, shape) => b.Node("Abs", [shape], [2]), isDynamic: true);

        var slim = Apply(graph, trace);

        Assert.Equal(["Relu", "Shape", "Mul", "Div", "Abs", "Mul", "Div", "Reshape"], slim.Nodes.Select(node => node.OpType));
        Assert.Equal([1L, 4], Stored(slim, 2));
        Assert.Equal([1L, 3], Stored(slim, 3));
        Assert.Equal([1L, 3], Stored(slim, 5));
        Assert.Equal([1L, 4], Stored(slim, 6));
    }

    [Fact]
    public void Where_no_size_can_change_the_new_one_is_stored()
    {
        var graph = Net(out var trace, (b, shape) => b.Node("Abs", [shape], [2]), isDynamic: false);

        var slim = Apply(graph, trace);

        Assert.Equal(["Relu", "Reshape"], slim.Nodes.Select(node => node.OpType));
        Assert.Equal([2L, 3], Stored(slim, 1));
    }

    [Fact]
    public void An_extent_that_leaves_the_model_stays_what_it_was()
    {
        var graph = Net(out var trace, (b, shape) => b.Output(b.Node("Identity", [shape], [2])), isDynamic: true);

        Assert.Equal(["Relu", "Shape", "Mul", "Div", "Identity", "Mul", "Div", "Reshape"], Apply(graph, trace).Nodes.Select(node => node.OpType));
    }

    [Fact]
    public void Nothing_changes_where_nothing_is_cut()
    {
        var graph = Net(out var trace, (b, shape) => b.Node("Abs", [shape], [2]), isDynamic: true);

        Assert.Same(graph, new CutApplier(OperatorCatalog.Standard).Apply(new GraphIndex(graph), trace, new ChannelCuts([])));
    }

    private static long[] Stored(Graph graph, int node) => graph.Initializers[graph.Nodes[node].Inputs[1]].ToInt64s();

    private static Graph Apply(Graph graph, ValueTrace trace) => new CutApplier(OperatorCatalog.Standard).Apply(new GraphIndex(graph), trace, Cuts);

    // x [2, 4], and a Reshape of it to what is made of its own shape.
    private static Graph Net(out ValueTrace trace, Func<ModelBuilder, string, string> compute, bool isDynamic)
    {
        var b = new ModelBuilder();
        var x = b.Relu(b.Input("x", 2, 4));
        var shape = b.Node("Shape", [x], [2]);
        var target = compute(b, shape);
        b.Output(b.Node("Reshape", [x, target], [2, 4]));
        var graph = b.Build().Graph;
        if (isDynamic)
        {
            graph = graph with { Inputs = [graph.Inputs[0] with { Shape = [new Dimension(null, "n"), new Dimension(4, null)] }] };
        }

        trace = HandTrace.Of(graph, b);
        trace = trace with
        {
            Types = trace.Types.SetItem(shape, ElementType.Int64).SetItem(target, ElementType.Int64),
            Integers = trace.Integers.Add(shape, [2, 4]).Add(target, [2, 4]),
            Movements = graph.Nodes.Any(node => node.OpType == "Identity") ? trace.Movements.Add(target, HandTrace.Stay(2)) : trace.Movements,
        };
        return graph;
    }

    private static KeyValuePair<AxisRef, System.Collections.Immutable.ImmutableArray<int>> Kept(string value, int axis, params int[] kept) =>
        KeyValuePair.Create(new AxisRef(value, axis), System.Collections.Immutable.ImmutableArray.Create(kept));
}
