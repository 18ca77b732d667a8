using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Dependencies;

/// <summary>Where Reshape joins and splits channels.</summary>
public sealed class RelationCompilerTests
{
    [Fact]
    public void A_flattened_channel_takes_its_run_along()
    {
        var net = new AnalysedNet(b => b.Output(b.Gemm(b.Flatten(b.Conv(b.Input("x", 1, 3, 2, 2), 8, 1)), 5)));
        var group = net.Group("weights_1.w");

        Assert.Equal([8, 9, 10, 11], group.Places[2][group.Members.IndexOf(new("weights_2.w", 1))]);
    }

    [Fact]
    public void A_trunk_may_be_flattened_twice()
    {
        var net = new AnalysedNet(b =>
        {
            var x = b.Conv(b.Input("x", 1, 3, 2, 2), 8, 1);
            b.Output(b.Gemm(b.Add(b.Flatten(x), b.Flatten(b.Relu(x))), 5));
            b.Output(b.Gemm(b.Flatten(x), 4));
        });

        Assert.Equal(["weights_1.w:8"], net.Groups);
        Assert.Equal(["weights_2.w[1]", "weights_3.w[1]"], Stored(net, "weights_1.w").Where(member => member.EndsWith("w[1]", StringComparison.Ordinal)));
    }

    [Fact]
    public void Two_trunks_that_are_flattened_and_added_are_one_group()
    {
        var net = new AnalysedNet(b =>
        {
            var x = b.Input("x", 1, 3, 2, 2);
            b.Output(b.Gemm(b.Add(b.Flatten(b.Conv(x, 8, 1)), b.Flatten(b.Conv(x, 8, 1))), 5));
        });

        Assert.Equal(["weights_1.w:8"], net.Groups);
        Assert.Contains("weights_2.w[0]", Stored(net, "weights_1.w"));
    }

    [Fact]
    public void An_axis_that_is_split_in_two_ways_stays()
    {
        var net = new AnalysedNet(b =>
        {
            var x = b.Gemm(b.Input("x", 1, 3), 12);
            b.Output(b.Gemm(Reshape(b, b.Relu(Reshape(b, x, 1, 4, 3)), 1, 12), 5));
            b.Output(b.Gemm(Reshape(b, b.Relu(Reshape(b, x, 1, 3, 4)), 1, 12), 5));
        });

        Assert.Empty(net.Groups);
        Assert.Contains(net.Dependencies.Refusals, r => r.Reason == "its axes are joined in two ways that do not match");
    }

    [Fact]
    public void An_axis_that_is_split_goes_by_either_part()
    {
        var net = new AnalysedNet(b => b.Output(b.Gemm(Reshape(b, b.Relu(Reshape(b, b.Gemm(b.Input("x", 1, 3), 12), 1, 4, 3)), 1, 12), 5)));

        Assert.Equal(["weights_1.w:4", "weights_1.w#2:3"], net.Groups);
        Assert.Equal([3, 4, 5], net.Group("weights_1.w").Places[1][0]);
        Assert.Equal([1, 4, 7, 10], net.Group("weights_1.w#2").Places[1][0]);
    }

    [Fact]
    public void Groups_of_a_convolution_tie_the_halves_of_a_shuffle()
    {
        // The first convolution ties channel i to channel i + 4, so neither half can go without the other: only the four
        // channels within a half can.
        var net = new AnalysedNet(b =>
        {
            var x = b.Conv(b.Conv(b.Input("x", 1, 2, 2, 2), 8, 1), 8, 1, group: 2);
            var split = Reshape(b, x, 1, 2, 4, 2, 2);
            var turned = b.Node("Transpose", [split], [1, 4, 2, 2, 2], ("perm", new AttributeValue.Ints([0, 2, 1, 3, 4])));
            b.Output(b.Conv(Reshape(b, turned, 1, 8, 2, 2), 5, 1));
        });
        var shuffled = net.Group("weights_2.w");

        Assert.Equal(4, shuffled.Channels);
        Assert.Equal([1, 5], shuffled.Places[1][0]);
        Assert.All(net.Dependencies.Groups, group => Assert.All(group.Members, (member, i) =>
            Assert.NotEqual(net.Trace.Shape(member.Value)[member.Axis], group.Places.Skip(1).SelectMany(places => places[i]).Distinct().Count())));
    }

    [Fact]
    public void Whole_groups_of_a_convolution_go_or_the_same_channels_of_each()
    {
        var net = new AnalysedNet(b => b.Output(b.Conv(b.Conv(b.Conv(b.Input("x", 1, 2, 2, 2), 8, 1), 12, 1, group: 4), 5, 1)));

        Assert.Equal(["weights_1.w:2", "weights_1.w#2:4", "weights_2.w:3"], net.Groups);
        Assert.Equal([1, 3, 5, 7], net.Group("weights_1.w").Places[1][0]);
        Assert.Contains("weights_2.w[1]", Stored(net, "weights_1.w"));
        Assert.Equal([2, 3], net.Group("weights_1.w#2").Places[1][0]);
    }

    [Fact]
    public void Groups_that_another_convolution_splits_in_another_way_keep_the_same_channels()
    {
        // The first ties channel i to channel i + 4; of the four groups of the second, the first goes with the third.
        var net = new AnalysedNet(b =>
            b.Output(b.Conv(b.Conv(b.Conv(b.Conv(b.Input("x", 1, 2, 2, 2), 8, 1), 8, 1, group: 2), 8, 1, group: 4), 5, 1)));

        Assert.Equal(["weights_1.w:4", "weights_2.w:2", "weights_2.w#2:2", "weights_3.w:2"], net.Groups);
        Assert.Equal([0, 1, 4, 5], net.Group("weights_2.w#2").Places[0][0]);
        Assert.Equal(2, net.Cut(("weights_2.w#2", [0])).Nodes.Single(node => node.Outputs[0] == "conv_3_out").GetInt("group", 1));
        Assert.Equal(2, net.Cut(("weights_2.w#2", [0])).Nodes.Single(node => node.Outputs[0] == "conv_2_out").GetInt("group", 1));
    }

    private static IEnumerable<string> Stored(AnalysedNet net, string group) =>
        net.Group(group).Members.Where(member => net.Index.Constant(member.Value) is not null).Select(member => member.ToString());

    private static string Reshape(ModelBuilder b, string x, params int[] shape) => b.Node(
        "Reshape", [x, b.Initializer(b.NewName("shape"), TensorData.From([shape.Length], [.. shape.Select(extent => (long)extent)]))], shape);
}
