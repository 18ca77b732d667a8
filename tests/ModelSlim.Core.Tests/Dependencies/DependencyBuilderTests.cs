using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Dependencies;

public sealed class DependencyBuilderTests
{
    [Fact]
    public void Channels_end_at_inputs_and_outputs()
    {
        var net = new AnalysedNet(b => b.Output(b.Conv(b.Relu(b.Conv(b.Input("x", 1, 3, 4, 4), 8, 1)), 5, 1)));

        Assert.Equal(["weights_1.w:8"], net.Groups);
        Assert.Equal(
            ["weights_1.w[0]", "weights_1.b[0]", "conv_1_out[1]", "relu_1_out[1]", "weights_2.w[1]"],
            net.Group("weights_1.w").Members.Select(member => member.ToString()));
        Assert.Contains(net.Dependencies.Refusals, r => r is { Node: "x", Reason: "it is an input of the model", Channels: 3 });
        Assert.Contains(net.Dependencies.Refusals, r => r is { Node: "conv_2_out", Reason: "it is an output of the model", Channels: 5 });
    }

    [Fact]
    public void An_axis_of_one_that_some_values_repeat_is_not_said_to_stay()
    {
        // The same factors for a map of 4 x 4 and for one of 1 x 1, as a head has for all levels of a pyramid.
        var net = new AnalysedNet(b =>
        {
            var x = b.Conv(b.Input("x", 1, 3, 4, 4), 8, 1);
            var factors = b.Initializer("factors", [8, 1, 1], 0, 1);
            b.Output(b.Conv(b.Node("Mul", [x, factors], [1, 8, 4, 4]), 5, 1));
            b.Output(b.Conv(b.Node("Mul", [b.GlobalAveragePool(x), factors], [1, 8, 1, 1]), 5, 1));
        });

        Assert.Equal(["weights_1.w:8"], net.Groups);
        Assert.All(net.Dependencies.Refusals, refusal => Assert.Matches("^it is an (in|out)put of the model$", refusal.Reason));
    }

    [Fact]
    public void Weights_may_be_in_Constant_nodes()
    {
        var net = new AnalysedNet(b =>
        {
            var x = b.Input("x", 1, 3, 4, 4);
            var w = b.Node("Constant", [], [8, 3, 1, 1], ("value", new AttributeValue.Tensor(TensorData.From([8, 3, 1, 1], new float[24]))));
            b.Output(b.Conv(b.Conv(x, w, ""), 5, 1));
        });

        Assert.Equal(["constant_1_out:8"], net.Groups);
    }

    [Fact]
    public void A_value_added_to_itself_is_one_group()
    {
        var net = new AnalysedNet(b =>
        {
            var x = b.Conv(b.Input("x", 1, 3, 4, 4), 8, 1);
            b.Output(b.Conv(b.Add(x, x), 5, 1));
        });

        Assert.Equal(["weights_1.w:8"], net.Groups);
    }

    [Fact]
    public void A_value_joined_to_itself_takes_two_places_a_channel()
    {
        var net = new AnalysedNet(b =>
        {
            var x = b.Conv(b.Input("x", 1, 3, 4, 4), 8, 1);
            b.Output(b.Conv(b.Concat(1, x, x), 5, 1));
        });
        var group = net.Group("weights_1.w");

        Assert.Equal([2, 10], group.Places[2][group.Members.IndexOf(new("weights_2.w", 1))]);
    }

    [Fact]
    public void Joined_values_are_groups_of_their_own()
    {
        var net = new AnalysedNet(b =>
        {
            var x = b.Input("x", 1, 3, 4, 4);
            b.Output(b.Conv(b.Concat(1, b.Conv(x, 8, 1), b.Conv(x, 6, 1)), 5, 1));
        });

        Assert.Equal(["weights_1.w:8", "weights_2.w:6"], net.Groups);
    }

    [Fact]
    public void A_shared_initializer_ties_the_layers_it_serves()
    {
        var net = new AnalysedNet(b =>
        {
            var x = b.Input("x", 1, 3, 4, 4);
            var bias = b.Initializer("bias", [8], 0, 1);
            var one = b.Conv(x, b.Initializer("one", [8, 3, 1, 1], 0, 1), bias);
            var two = b.Conv(x, b.Initializer("two", [8, 3, 1, 1], 0, 1), bias);
            b.Output(b.Add(b.Conv(one, 5, 1), b.Conv(two, 5, 1)));
        });

        Assert.Equal(["one:8"], net.Groups);
        Assert.Contains(new("two", 0), net.Group("one").Members);
    }

    [Fact]
    public void One_initializer_may_be_sliced_on_two_axes()
    {
        // A square matrix that is applied twice: what it puts out is what it takes in.
        var net = new AnalysedNet(b =>
        {
            var x = b.Gemm(b.Input("x", 1, 3), 8);
            var w = b.Initializer("w", [8, 8], 0, 1);
            x = b.Node("MatMul", [b.Node("MatMul", [x, w], [1, 8]), w], [1, 8]);
            b.Output(b.Gemm(x, 5));
        });

        Assert.Equal([new("w", 0), new("w", 1)], net.Group("weights_1.w").Members.Where(member => member.Value == "w"));
    }

    [Fact]
    public void An_initializer_that_is_also_an_output_stays()
    {
        var net = new AnalysedNet(b =>
        {
            var w = b.Initializer("w", [8, 3, 1, 1], 0, 1);
            b.Output(b.Conv(b.Conv(b.Input("x", 1, 3, 4, 4), w, ""), 5, 1));
            b.Output(w);
        });

        Assert.Empty(net.Groups);
        Assert.Contains(net.Dependencies.Refusals, r => r is { Node: "w", Channels: 8 });
    }

    [Fact]
    public void Weights_that_the_caller_feeds_stay()
    {
        var net = new AnalysedNet(b =>
        {
            var w = b.Input("w", 8, 3, 1, 1);
            b.Output(b.Conv(b.Conv(b.Input("x", 1, 3, 4, 4), w, ""), 5, 1));
        });

        Assert.Empty(net.Groups);
        Assert.Contains(net.Dependencies.Refusals, r => r is { Node: "w", Channels: 8 });
    }

    [Fact]
    public void An_operator_that_is_not_known_freezes_what_it_touches()
    {
        var net = new AnalysedNet(b =>
        {
            var x = b.Conv(b.Conv(b.Input("x", 1, 3, 4, 4), 8, 1), 6, 1);
            b.Output(b.Conv(b.Node("Mystery", [x], [1, 6, 4, 4]), 5, 1));
        });

        Assert.Equal(["weights_1.w:8"], net.Groups);
        Assert.Equal(["mystery_1"], net.Dependencies.UnknownNodes);
        Assert.Contains(net.Dependencies.Refusals, r => r is { Node: "mystery_1", Channels: 6 } && r.Reason.Contains("Mystery", StringComparison.Ordinal));
    }

    [Fact]
    public void A_value_that_subgraphs_use_stays()
    {
        var net = new AnalysedNet(b =>
        {
            var x = b.Conv(b.Input("x", 1, 3, 4, 4), 8, 1);
            var inner = new Graph
            {
                Inputs = [],
                Outputs = [new GraphValue("inner", ElementType.Float, default)],
                Nodes = [new Node { OpType = "Relu", Inputs = [x], Outputs = ["inner"] }],
                Initializers = System.Collections.Immutable.ImmutableDictionary<string, TensorData>.Empty,
                Opsets = System.Collections.Immutable.ImmutableSortedDictionary<string, int>.Empty,
            };
            var condition = b.Initializer("condition", new TensorData(ElementType.Bool, [], new byte[1]));
            b.Node("If", [condition], [1], ("then_branch", new AttributeValue.Subgraph(inner)), ("else_branch", new AttributeValue.Subgraph(inner)));
            b.Output(b.Conv(x, 5, 1));
        });

        Assert.Empty(net.Groups);
        Assert.Contains(net.Dependencies.Refusals, r => r is { Node: "if_1", Channels: 8 });
    }

    [Fact]
    public void What_the_recipe_ignores_stays_in_every_direction()
    {
        void Make(ModelBuilder b) => b.Output(b.Conv(b.Conv(b.Conv(b.Input("x", 1, 3, 4, 4), 8, 1), 6, 1), 5, 1));

        Assert.Equal(["weights_1.w:8", "weights_2.w:6"], new AnalysedNet(Make).Groups);
        Assert.Empty(new AnalysedNet(Make, "weights_2.w").Groups);
        Assert.Equal(["weights_1.w:8"], new AnalysedNet(Make, "conv_2_out").Groups);
    }

    [Fact]
    public void One_channel_is_no_group() =>
        Assert.Empty(new AnalysedNet(b => b.Output(b.Conv(b.Conv(b.Input("x", 1, 3, 4, 4), 1, 1), 5, 1))).Groups);

    [Fact]
    public void Gates_follow_what_they_gate()
    {
        var net = new AnalysedNet(b =>
        {
            var x = b.Conv(b.Input("x", 1, 3, 4, 4), 8, 1);
            var gate = b.Node("Sigmoid", [b.Conv(b.Relu(b.Conv(b.GlobalAveragePool(x), 4, 1)), 8, 1)], [1, 8, 1, 1]);
            b.Output(b.Conv(b.Node("Mul", [x, gate], [1, 8, 4, 4]), 5, 1));
        });

        Assert.Equal(["weights_1.w:8", "weights_2.w:4"], net.Groups);
        Assert.Contains(new("weights_3.w", 0), net.Group("weights_1.w").Members);
    }
}
