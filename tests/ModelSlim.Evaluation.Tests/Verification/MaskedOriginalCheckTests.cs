using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tests.Oracles;
using ModelSlim.Evaluation.Verification;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Verification;

public sealed class MaskedOriginalCheckTests
{
    [Fact]
    public void A_right_cut_has_no_error_to_speak_of() => Assert.InRange(Error(Net(), graph => graph), 0, 1e-6);

    [Fact]
    public void A_wrong_weight_is_an_error() => Assert.True(Error(Net(), Doubled("weights_2.w")) > 1e-2);

    [Fact]
    public void Wrong_weights_behind_a_mixed_node_are_an_error()
    {
        var model = ComputeNets.All["layer normalization, decomposed"].Make();

        Assert.InRange(Error(model, graph => graph), 0, 1e-5);
        Assert.True(Error(model, Doubled("gamma")) > 1e-2);
    }

    [Fact]
    public void Means_of_which_only_rounding_is_left_are_no_error()
    {
        Assert.InRange(Error(CentredTwice(), graph => graph), 0, 1e-5);
        Assert.True(Error(CentredTwice(), Doubled("gamma")) > 1e-2);
        Assert.True(Error(CentredTwice(), Changed("weights_1.w", values => [.. values.Reverse()])) > 1e-2);
    }

    [Fact]
    public void Decisions_that_rounding_turns_are_no_error()
    {
        // The best of nine equal scores: the sign of what rounding leaves of (a + b) - a - b decides.
        Assert.InRange(Error(Deciding(), graph => graph), 0, 1e-5);
        Assert.InRange(Error(Deciding(), Nudged("weights_1.b")), 0, 1e-4);
    }

    [Theory]
    [InlineData("weights_1.w")]
    [InlineData("weights_2.w")]
    public void Wrong_weights_before_and_after_a_decision_are_errors(string weights) =>
        Assert.True(Error(Deciding(), Doubled(weights)) > 1e-2);

    [Theory]
    [InlineData("weights_1.w")]
    [InlineData("weights_2.w")]
    public void Wrong_weights_before_a_saturated_output_are_errors(string weights)
    {
        Assert.InRange(Error(Saturated(), graph => graph), 0, 1e-5);
        Assert.True(Error(Saturated(), Doubled(weights)) > 1e-2);
    }

    [Theory]
    [InlineData("weights_1.w")]
    [InlineData("weights_2.w")]
    public void Wrong_weights_around_a_dead_value_are_errors(string weights)
    {
        Assert.InRange(Error(Dead(), graph => graph), 0, 1e-5);
        Assert.True(Error(Dead(), Doubled(weights)) > 1e-2);
    }

    [Fact]
    public void Wrong_places_behind_a_dead_value_are_an_error() =>
        Assert.True(Error(Dead(), Changed("weights_2.w", values => [.. values.Reverse()])) > 1e-2);

    [Fact]
    public void Roundings_that_the_model_itself_makes_large_are_no_error()
    {
        Assert.InRange(Error(Steep(), Nudged("weights_1.w")), 0, 1e-4);
        Assert.True(Error(Steep(), Changed("weights_1.w", value => value * 1.001f)) > 1e-4);
    }

    [Fact]
    public void Without_cuts_an_output_of_zeros_shows_nothing()
    {
        var b = new ModelBuilder();
        var zeros = b.Output(b.Node("Mul", [b.Input("x", 1, 3), b.Initializer("none", TensorData.From([], [0f]))], [1, 3]));
        var traced = new TracedModel(b.Build());

        var error = new MaskedOriginalCheck(new SessionFactory(), OperatorCatalog.Standard)
            .Run(traced.Model, traced.Index, traced.Trace, traced.Model, new ChannelCuts([]), TestContext.Current.CancellationToken);

        Assert.Equal([zeros], error.Value!.Unseen);
    }

    private static OnnxModel Net()
    {
        var b = new ModelBuilder();
        b.Output(b.Conv(b.Relu(b.Conv(b.Input("x", 1, 3, 4, 4), 8, 3, pad: 1)), 5, 1));
        return b.Build();
    }

    private static OnnxModel CentredTwice()
    {
        var b = new ModelBuilder();
        var x = b.Gemm(b.Input("x", 3, 4), 32);
        string Centred(string value) => b.Node(
            "Sub", [value, b.Node("ReduceMean", [value], [3, 1], ("axes", new AttributeValue.Ints([-1])))], [3, 32]);
        b.Output(b.Gemm(b.Relu(b.Node("Mul", [Centred(Centred(x)), b.Initializer("gamma", [32], 0.5f, 1.5f)], [3, 32])), 5));
        return b.Build();
    }

    // A channel passes where it is more than its own mean over two equal halves, which it is by rounding only.
    private static OnnxModel Deciding()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input("x", 1, 3, 4, 4), 8, 1);
        var half = b.Node("Mul", [x, b.Initializer("third", TensorData.From([], [1f / 3]))], [.. b.Shape(x)]);
        var back = b.Node("Mul", [half, b.Initializer("three", TensorData.From([], [3f]))], [.. b.Shape(x)]);
        var above = b.Node("Greater", [x, back], [.. b.Shape(x)]);
        b.Output(b.Conv(b.Node("Where", [above, x, b.Initializer("none", TensorData.From([], [0f]))], [.. b.Shape(x)]), 5, 1));
        return b.Build();
    }

    private static OnnxModel Saturated() => Shifted(0, -1e4f, (b, x) => b.Node("Sigmoid", [x], [.. b.Shape(x)]));

    private static OnnxModel Dead() => Shifted(-1e4f, 0, (_, x) => x);

    // A rounding before the sine is a large difference behind it.
    private static OnnxModel Steep() => Shifted(0, 0, (b, x) =>
        b.Node("Sin", [b.Node("Mul", [x, b.Initializer("steep", TensorData.From([], [1e5f]))], [.. b.Shape(x)])], [.. b.Shape(x)]));

    // Two convolutions, and what is added behind each of them.
    private static OnnxModel Shifted(float first, float second, Func<ModelBuilder, string, string> last)
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input("x", 1, 3, 4, 4), 8, 1);
        x = b.Relu(b.Node("Add", [x, b.Initializer("first", TensorData.From([], [first]))], [.. b.Shape(x)]));
        x = b.Conv(x, 5, 1);
        b.Output(last(b, b.Node("Add", [x, b.Initializer("second", TensorData.From([], [second]))], [.. b.Shape(x)])));
        return b.Build();
    }

    private static Func<Graph, Graph> Doubled(string weights) => Changed(weights, value => 2 * value);

    private static Func<Graph, Graph> Nudged(string weights) => Changed(weights, value => value * (1 + 1e-6f));

    private static Func<Graph, Graph> Changed(string weights, Func<float, float> change) =>
        Changed(weights, values => Array.ConvertAll(values, value => change(value)));

    private static Func<Graph, Graph> Changed(string weights, Func<float[], float[]> change) => graph => graph.WithConstants(
        new Dictionary<string, TensorData> { [weights] = graph.Initializers[weights].WithSingles(change(graph.Initializers[weights].ToSingles())) });

    // Cuts two channels of the first group, spoils the slim model, and checks it.
    private static double Error(OnnxModel model, Func<Graph, Graph> spoil)
    {
        var traced = new TracedModel(model);
        var group = traced.Dependencies.Groups[0];
        var cuts = new PlanExpansion().Expand([new GroupCut(group.Id, group.Channels, [1, 2])], traced.Dependencies, traced.Trace);
        Assert.True(cuts.Succeeded);
        var slim = spoil(new CutApplier(OperatorCatalog.Standard).Apply(traced.Index, traced.Trace, cuts.Value));
        var error = new MaskedOriginalCheck(new SessionFactory(), OperatorCatalog.Standard)
            .Run(model, traced.Index, traced.Trace, model.With(slim), cuts.Value, TestContext.Current.CancellationToken);
        Assert.True(error.Succeeded, string.Join('\n', error.Diagnostics));
        Assert.Empty(error.Value!.Unseen);
        return error.Value.Relative!.Value;
    }
}
