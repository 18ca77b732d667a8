using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Tests.Dependencies;

namespace ModelSlim.Core.Tests.Pruning;

public sealed class ChannelMaskTests
{
    [Fact]
    public void Weights_that_read_a_removed_channel_become_zero()
    {
        var net = new AnalysedNet(b => b.Output(b.Gemm(b.Relu(b.Gemm(b.Input("x", 1, 3), 4)), 2)));
        var (before, masked) = (net.Model.Graph, Mask(net, "weights_1.w", 1, 3));
        var (old, zeroed) = (before.Initializers["weights_2.w"].ToSingles(), masked.Initializers["weights_2.w"].ToSingles());

        Assert.Equal([old[0], 0, old[2], 0, old[4], 0, old[6], 0], zeroed);
        Assert.True(GraphComparison.Same(before.Initializers["weights_1.w"], masked.Initializers["weights_1.w"]));
        Assert.Equal(before.Nodes.Select(node => node.OpType), masked.Nodes.Select(node => node.OpType));
    }

    [Fact]
    public void What_meets_a_weight_too_large_to_copy_becomes_zero_instead()
    {
        var net = new AnalysedNet(b => b.Output(b.Gemm(b.Relu(b.Gemm(b.Input("x", 1, 3), 4)), 2)));
        var masked = new ChannelMask(OperatorCatalog.Standard, largestCopy: 8).Apply(net.Index, net.Trace, net.Cuts(("weights_1.w", [1, 3])));
        var gate = masked.Nodes.Single(node => node.OpType == "Mul");

        Assert.Same(net.Model.Graph.Initializers["weights_2.w"], masked.Initializers["weights_2.w"]);
        Assert.Equal([1, 0, 1, 0], masked.Initializers[gate.Inputs[1]].ToSingles());
        Assert.Equal(gate.Outputs[0], masked.Nodes[^1].Inputs[0]);
    }

    [Fact]
    public void A_sum_over_computed_values_reads_zeros_instead()
    {
        var net = new AnalysedNet(b =>
        {
            var x = b.Gemm(b.Input("x", 1, 3), 4);
            var length = b.Node("ReduceL2", [x], [1, 1], ("axes", new AttributeValue.Ints([1])));
            b.Output(b.Node("Tanh", [length], [1, 1]));
        });
        var masked = Mask(net, "weights_1.w", 2);
        var gate = masked.Nodes.Single(node => node.OpType == "Mul");

        Assert.Equal([1, 1, 0, 1], masked.Initializers[gate.Inputs[1]].ToSingles());
        Assert.Equal(gate.Outputs[0], masked.Nodes.Single(node => node.OpType == "ReduceL2").Inputs[0]);
    }

    [Fact]
    public void Zeros_on_one_side_of_a_product_suffice()
    {
        var net = new AnalysedNet(b => b.Output(b.Conv(b.Relu(b.Conv(b.Input("x", 1, 3, 4, 4), 4, 1)), 5, 1)));

        Assert.DoesNotContain(Mask(net, "weights_1.w", 2).Nodes, node => node.OpType == "Mul");
    }

    [Fact]
    public void A_node_that_mixes_channels_sees_those_that_stay()
    {
        var net = new AnalysedNet(b =>
        {
            var x = b.Gemm(b.Input("x", 1, 3), 4);
            x = b.Node("LayerNormalization", [x, b.Initializer("gamma", [4], 0.5f, 1.5f)], [1, 4]);
            b.Output(b.Gemm(x, 2));
        });
        var masked = Mask(net, "weights_1.w", 1);
        var normal = masked.Nodes.Single(node => node.OpType == "LayerNormalization");
        var gathers = masked.Nodes.Where(node => node.OpType == "Gather").ToDictionary(node => node.Outputs[0]);

        Assert.All(normal.Inputs, input => Assert.Equal([0, 2, 3], Places(masked, gathers[input])));
        var back = gathers.Values.Single(node => node.Inputs[0] == normal.Outputs[0]);
        Assert.Equal([0, 0, 1, 2], Places(masked, back));
        Assert.Equal("layernormalization_1_out", back.Outputs[0]);
        Assert.True(masked.Nodes.IndexOf(normal) < masked.Nodes.IndexOf(back));
    }

    [Fact]
    public void Nothing_else_changes()
    {
        var net = new AnalysedNet(b => b.Output(b.Gemm(b.Gemm(b.Input("x", 1, 3), 4), 2)));

        Assert.True(GraphComparison.Same(net.Model.Graph, Mask(net, "weights_1.w")));
    }

    private static Graph Mask(AnalysedNet net, string group, params int[] removed) =>
        new ChannelMask(OperatorCatalog.Standard).Apply(net.Index, net.Trace, net.Cuts((group, removed)));

    private static long[] Places(Graph graph, Node gather) => graph.Initializers[gather.Inputs[1]].ToInt64s();
}
