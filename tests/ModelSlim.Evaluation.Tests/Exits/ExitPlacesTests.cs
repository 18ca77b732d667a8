using ModelSlim.Core.Exits;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Evaluation.Tests.Oracles;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Exits;

public sealed class ExitPlacesTests
{
    private readonly ExitPlaces places = new(OperatorCatalog.Standard);

    [Theory]
    [InlineData("chain")]
    [InlineData("residual")]
    [InlineData("inverted-residual")]
    [InlineData("vgg")]
    public void Of_values_with_the_same_work_before_them_the_last_is_a_place(string kind)
    {
        var traced = new TracedModel(SmallNets.Make(kind));
        var found = places.Find(traced.Index, traced.Trace);

        Assert.NotEmpty(found);
        Assert.Equal(found.Select(place => place.MacsBefore).Distinct().Order(), found.Select(place => place.MacsBefore));
        Assert.All(found, place => Assert.DoesNotContain(
            traced.Index.Consumers(place.Value), node => node.OpType is "BatchNormalization" or "Relu" or "MaxPool" or "Clip"));
    }

    [Fact]
    public void Of_a_deep_net_some_places_are_tried_spread_over_its_work()
    {
        var builder = new ModelBuilder();
        var x = builder.Input("x", 1, 3, 8, 8);
        for (var i = 0; i < 40; i++)
        {
            x = builder.Relu(builder.Conv(x, 8, kernel: 3, pad: 1));
        }

        builder.Output(builder.Gemm(builder.Flatten(builder.GlobalAveragePool(x)), 10));
        var traced = new TracedModel(builder.Build());
        var found = places.Find(traced.Index, traced.Trace);

        Assert.Equal(12, found.Length);
        Assert.Equal(12, found.Select(place => place.Value).Distinct().Count());
        Assert.True(found[^1].MacsBefore > 10 * found[0].MacsBefore);
    }

    [Fact]
    public void No_sample_leaves_before_a_node_that_cannot_be_written_elsewhere()
    {
        var traced = new TracedModel(SmallNets.Chain());
        var all = places.Find(traced.Index, traced.Trace);
        var last = traced.Index.Producer(all[^1].Value)!;
        var graph = traced.Model.Graph with
        {
            Nodes = [.. traced.Model.Graph.Nodes.Select(node => ReferenceEquals(node, last) ? node.With("kept", new AttributeValue.Opaque("type")) : node)],
        };

        Assert.True(all.Length > 1);
        Assert.Equal(all[^1].Value, Assert.Single(places.Find(new GraphIndex(graph), traced.Trace)).Value);
    }
}
