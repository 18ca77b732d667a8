using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Lossless;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;
using ModelSlim.Core.Tests.Graphs;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Lossless;

/// <summary>A first layer of four channels, of which some do nothing of their own, and what reads them.</summary>
public sealed class LosslessSearchTests
{
    private readonly ModelBuilder net = new();

    [Fact]
    public void A_channel_that_weights_of_zero_read_is_dead()
    {
        var x = net.Relu(First([1, 2, 3, 4], [0, 0, 0, 0]));

        Assert.Equal("Dead 1", Removed(Read(x, [5, 0, 7, 8])));
    }

    [Fact]
    public void What_only_a_dead_channel_reads_is_dead()
    {
        var x = net.Relu(First([1, 2, 3, 4], [0, 0, 0, 0]));
        // The second layer has two channels; the first of them alone reads channel 2, and nobody reads it.
        var weights = net.Initializer("second.w", TensorData.From([2, 4, 1, 1], [1f, 1, 1, 1, 1, 1, 0, 1]));
        var y = net.Conv(x, weights, "");

        Assert.Equal("Dead 1, Dead 1", Removed(Read(y, [0, 1])));
    }

    [Fact]
    public void A_constant_goes_into_the_bias_of_those_who_read_it()
    {
        var x = First([1, 2, 0, 4], [0, 0, 3, 0]);
        var result = Run(Read(x, [5, 6, 7, 8], bias: true), ("conv_1_out", [1, 4, 2, 2], [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4]));

        Assert.Equal("Constant 1", Text(result));
        Assert.Equal([1 + (3 * 7)], result.Graph.Initializers["read.b"].ToSingles());
        Assert.Equal([5, 6, 8], result.Graph.Initializers["read.w"].ToSingles());
    }

    [Fact]
    public void A_reader_without_bias_gets_one()
    {
        var x = First([1, 2, 0, 4], [0, 0, 3, 0]);
        var result = Run(Read(x, [5, 6, 7, 8]), ("conv_1_out", [1, 4, 2, 2], [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4]));

        Assert.Equal("Constant 1", Text(result));
        Assert.Equal([21], result.Graph.Initializers[result.Graph.Nodes[1].Inputs[2]].ToSingles());
    }

    [Theory]
    [InlineData(3, "")]
    [InlineData(0, "Constant 1")]
    public void Padding_lets_only_zeros_go(float value, string removed)
    {
        var x = First([1, 2, 0, 4], [0, 0, value, 0]);
        var weights = net.Initializer("read.w", [1, 4, 3, 3], 1, 2);
        net.Output(net.Conv(x, weights, "", pad: 1));

        Assert.Equal(removed, Text(Run(net, ("conv_1_out", [1, 4, 2, 2], [1, 1, 1, 1, 2, 2, 2, 2, value, value, value, value, 4, 4, 4, 4]))));
    }

    [Fact]
    public void A_scale_of_zero_makes_a_channel_constant()
    {
        var x = net.BatchNormalization(
            First([1, 2, 3, 4], [0, 0, 0, 0]), Vector("scale", 1, 0, 1, 1), Vector("shift", 1, 2, 3, 4), Vector("mean", 0, 0, 0, 0), Vector("var", 1, 1, 1, 1));
        var result = Run(
            Read(net.Relu(x), [5, 6, 7, 8]), ("relu_1_out", [1, 4, 2, 2], [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4]));

        Assert.Equal("Constant 1", Text(result));
        Assert.Equal([12], result.Graph.Initializers[result.Graph.Nodes[3].Inputs[2]].ToSingles());
    }

    [Fact]
    public void The_weights_of_a_duplicate_are_added_to_its_twin()
    {
        var x = net.Relu(First([1, 2, 1, 4], [0, 0, 0, 0]));
        var result = Run(Read(x, [5, 6, 7, 8]));

        Assert.Equal("Duplicate 1", Text(result));
        Assert.Equal([12, 6, 8], result.Graph.Initializers["read.w"].ToSingles());
        Assert.Equal([1, 2, 4], result.Graph.Initializers["first.w"].ToSingles());
    }

    [Fact]
    public void Channels_that_differ_on_the_way_are_no_duplicates()
    {
        var x = net.BatchNormalization(
            First([1, 2, 1, 4], [0, 0, 0, 0]), Vector("scale", 1, 1, 2, 1), Vector("shift", 0, 0, 0, 0), Vector("mean", 0, 0, 0, 0), Vector("var", 1, 1, 1, 1));

        Assert.Equal("", Removed(Read(x, [5, 6, 7, 8])));
    }

    [Fact]
    public void Weights_that_another_node_reads_too_are_not_changed()
    {
        var x = net.Relu(First([1, 2, 1, 4], [0, 0, 0, 0]));
        Read(x, [5, 6, 7, 8]);
        net.Output(net.Node("Identity", ["read.w"], [1, 4, 1, 1]));

        Assert.Equal("", Removed(net));
    }

    [Fact]
    public void One_channel_stays()
    {
        var x = net.Relu(First([1, 2, 3, 4], [0, 0, 0, 0]));

        Assert.Equal("Dead 3", Removed(Read(x, [0, 0, 0, 0])));
    }

    [Fact]
    public void What_an_output_shows_stays()
    {
        net.Output(First([1, 1, 1, 1], [0, 0, 0, 0]));

        Assert.Equal("", Removed(net));
    }

    [Fact]
    public void Constants_stay_where_input_sizes_are_open()
    {
        var open = First([1, 2, 0, 4], [0, 0, 3, 0]);
        var model = Read(open, [5, 6, 7, 8]).Build();
        var input = model.Graph.Inputs[0];
        var graph = model.Graph with { Inputs = [input with { Shape = input.Shape.SetItem(2, new Dimension(null, "h")) }] };

        Assert.Empty(Search(graph).Wanted);
        Assert.Equal(["conv_1_out"], Search(model.Graph).Wanted);
    }

    private string Removed(ModelBuilder builder) => Text(Run(builder));

    private static string Text(LosslessResult result) => string.Join(", ", result.Removals.Select(removal => $"{removal.Kind} {removal.Channels}"));

    private LosslessResult Run(ModelBuilder builder, params (string Name, int[] Shape, float[] Values)[] observed) =>
        Search(builder.Build().Graph).Finish(observed.ToDictionary(value => value.Name, value => TensorData.From([.. value.Shape], value.Values)));

    private LosslessSearch Search(Graph graph)
    {
        var (index, trace) = (new GraphIndex(graph), HandTrace.Of(graph, net));
        return new LosslessSearch(
            index, trace, new DependencyBuilder(OperatorCatalog.Standard).Build(index, trace, new HashSet<string>()), OperatorCatalog.Standard);
    }

    // [1, 1, 2, 2] to four channels, each the picture times a weight plus a bias.
    private string First(float[] weights, float[] bias) => net.Conv(
        net.Input("x", 1, 1, 2, 2), net.Initializer("first.w", TensorData.From([4, 1, 1, 1], weights)), Vector("first.b", bias));

    private ModelBuilder Read(string x, float[] weights, bool bias = false)
    {
        net.Output(net.Conv(
            x, net.Initializer("read.w", TensorData.From([1, weights.Length, 1, 1], weights)), bias ? Vector("read.b", 1) : ""));
        return net;
    }

    private string Vector(string name, params float[] values) => net.Initializer(name, TensorData.From([values.Length], values));
}
