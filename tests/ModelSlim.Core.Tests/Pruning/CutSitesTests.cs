using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Tests.Dependencies;

namespace ModelSlim.Core.Tests.Pruning;

public sealed class CutSitesTests
{
    [Fact]
    public void A_cut_does_something_where_weights_get_shorter_and_where_channels_end()
    {
        var net = new AnalysedNet(b => b.Output(b.Relu(b.Conv(b.Relu(b.Conv(b.Input("x", 1, 3, 4, 4), 4, 1)), 5, 1))));
        var sites = Sites(net, "weights_1.w", 2);

        Assert.Equal(["conv_1_out", "conv_2_out"], sites.Touched);
        Assert.Equal(["relu_1_out"], sites.Read);
    }

    [Fact]
    public void Channels_end_in_a_node_that_mixes_them()
    {
        var net = new AnalysedNet(b =>
        {
            var x = b.Gemm(b.Input("x", 1, 3), 4);
            b.Output(b.Gemm(b.Node("LayerNormalization", [x, b.Initializer("gamma", [4], 0.5f, 1.5f)], [1, 4]), 2));
        });
        var sites = Sites(net, "weights_1.w", 2);

        Assert.Equal(["gemm_1_out", "gemm_2_out", "layernormalization_1_out"], sites.Touched);
        Assert.Equal(["gemm_1_out", "layernormalization_1_out"], sites.Read);
    }

    [Fact]
    public void A_mean_of_removed_channels_is_a_sum_and_a_product_is_none()
    {
        var net = new AnalysedNet(b =>
        {
            var x = b.Conv(b.Input("x", 1, 3, 4, 4), 4, 1);
            var mean = b.Node("ReduceMean", [x], [1, 1, 4, 4], ("axes", new AttributeValue.Ints([1])));
            b.Output(b.Conv(b.Node("Sub", [x, mean], [1, 4, 4, 4]), 2, 1));
        });
        var sites = Sites(net, "weights_1.w", 2);

        Assert.Equal([KeyValuePair.Create("reducemean_1_out", "conv_1_out")], sites.Sums);
        Assert.Contains("conv_2_out", sites.Touched);
    }

    private static CutSites Sites(AnalysedNet net, string weights, params int[] removed) =>
        new(net.Index, net.Trace, net.Cuts((weights, removed)), OperatorCatalog.Standard);
}
