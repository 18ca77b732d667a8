using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Sparsity;
using ModelSlim.Training.Tests.FineTuning;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.Sparsity;

public sealed class FreeScaleInsertionTests : IClassFixture<TorchFixture>
{
    public static TheoryData<string, int> Nets => new()
    {
        { "conv", 2 },
        { "transposed", 1 },
        { "gemm", 1 },
        { "matmul", 1 },
        { "matmul-alone", 1 },
    };

    [Theory]
    [MemberData(nameof(Nets))]
    public void Factors_change_nothing_at_first_and_are_folded_into_weights_and_biases(string kind, int expected)
    {
        var net = new FadingNet(Make(kind));
        var insertion = new FreeScaleInsertion();
        var places = insertion.Find(net.Model.Graph, Values(net));
        Assert.Equal(expected, places.Length);

        var inserted = insertion.Insert(net.Model.Graph, places);
        Assert.Equal(net.Model.Graph.Nodes.Length + expected, inserted.Nodes.Length);
        AssertSame(net, Outputs(net, net.Model.Graph), Outputs(net, inserted));

        var scaled = inserted with
        {
            Initializers = inserted.Initializers.SetItems(places.Select(place => KeyValuePair.Create(
                place.Scale, inserted.Initializers[place.Scale].WithSingles([.. Enumerable.Range(0, place.Channels).Select(i => 0.25f * (i % 7))])))),
        };
        var folded = insertion.Fold(net.Model.Graph, scaled, places);

        Assert.Equal(net.Model.Graph.Nodes.Select(node => node.Label), folded.Nodes.Select(node => node.Label));
        Assert.Equal(net.Model.Graph.Initializers.Keys.Order(), folded.Initializers.Keys.Order());
        AssertSame(net, Outputs(net, scaled), Outputs(net, folded));
    }

    [Fact]
    public void A_bias_of_a_node_of_its_own_is_multiplied_too()
    {
        var net = new FadingNet(Make("matmul"));
        var place = Assert.Single(new FreeScaleInsertion().Find(net.Model.Graph, Values(net)));

        Assert.NotNull(place.Bias);
        Assert.Equal("Add", new GraphIndex(net.Model.Graph).Producer(place.Output)!.OpType);
    }

    [Fact]
    public void Weights_of_two_layers_are_left_alone()
    {
        var builder = new ModelBuilder();
        var shared = builder.Initializer("shared", TensorData.From([4, 4], [.. Enumerable.Range(0, 16).Select(i => (float)i)]));
        var x = builder.Node("MatMul", [builder.Input("x", 1, 4), shared], [1, 4]);
        x = builder.Node("MatMul", [builder.Relu(x), shared], [1, 4]);
        builder.Output(builder.Gemm(builder.Relu(x), 3));
        var graph = builder.Build().Graph;

        Assert.Empty(new FreeScaleInsertion().Find(graph, graph.Nodes.SelectMany(node => node.Outputs).ToHashSet()));
    }

    [Fact]
    public void Channels_behind_normalization_get_none()
    {
        var net = new FadingNet(SmallNets.Chain());

        Assert.Empty(new FreeScaleInsertion().Find(net.Model.Graph, Values(net)));
        Assert.All(net.Groups, fading => Assert.Contains(net.Scaled().Sites, site => fading.Group.Members.Contains(site.Channels)));
    }

    private static OnnxModel Make(string kind)
    {
        var builder = new ModelBuilder();
        string Random(string name, params int[] shape) => builder.Initializer(name, [.. shape], -0.5f, 0.5f);
        switch (kind)
        {
            case "conv":
                var picture = builder.Relu(builder.Conv(builder.Input("x", 1, 3, 8, 8), 8, 3, pad: 1));
                picture = builder.Relu(builder.Conv(picture, Random("w", 12, 8, 3, 3), ""));
                builder.Output(builder.Gemm(builder.Flatten(builder.GlobalAveragePool(picture)), 5));
                break;
            case "transposed":
                var up = builder.Node("ConvTranspose", [builder.Input("x", 1, 3, 4, 4), Random("w", 3, 8, 2, 2), Random("b", 8)], [1, 8, 8, 8], ("strides", new AttributeValue.Ints([2, 2])));
                builder.Output(builder.Conv(builder.Relu(up), Random("last", 2, 8, 1, 1), ""));
                break;
            case "gemm":
                builder.Output(builder.Gemm(builder.Relu(builder.Gemm(builder.Input("x", 1, 6), 8)), 5));
                break;
            default:
                var wide = builder.Node("MatMul", [builder.Input("x", 1, 3, 6), Random("w", 6, 8)], [1, 3, 8]);
                wide = kind == "matmul" ? builder.Node("Add", [Random("b", 8), wide], [1, 3, 8]) : wide;
                builder.Output(builder.Node("MatMul", [builder.Relu(wide), Random("last", 8, 5)], [1, 3, 5]));
                break;
        }

        return builder.Build();
    }

    private static HashSet<string> Values(FadingNet net) => net.Groups.SelectMany(fading => fading.Group.Members).Select(axis => axis.Value).ToHashSet();

    private static void AssertSame(FadingNet net, float[] expected, float[] actual)
    {
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5f * Math.Max(1, expected.Max(Math.Abs))));
    }

    private static float[] Outputs(FadingNet net, Graph graph)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var module = FadingNet.Module(graph);
        var samples = new SyntheticSamples(net.SampleShape, 4, 8);
        return module.Run(BatchTensors.Of(samples.Read([0]), samples.Shapes), RunMode.Inference)[0].contiguous().data<float>().ToArray();
    }
}
