using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tracing;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Tracing;

public sealed class ModelTracerTests
{
    private static readonly ImmutableDictionary<string, ImmutableArray<int>> NoSizes =
        ImmutableDictionary<string, ImmutableArray<int>>.Empty;

    [Theory]
    [InlineData("chain")]
    [InlineData("residual")]
    [InlineData("inverted-residual")]
    [InlineData("vgg")]
    public void Shapes_of_every_value_are_there(string kind)
    {
        var model = SmallNets.Make(kind);

        var trace = Trace(model);

        foreach (var name in model.Graph.Nodes.SelectMany(node => node.Inputs.Concat(node.Outputs)))
        {
            Assert.True(trace.Shapes.ContainsKey(name), name);
        }

        Assert.Equal([1, 10], trace.Shape(model.Graph.Outputs[0].Name));
    }

    [Fact]
    public void A_symbolic_batch_is_traced_as_one_and_a_recipe_can_say_otherwise()
    {
        var model = SmallNets.Chain(batch: "n");

        Assert.Equal([1, 10], Trace(model).Shape(model.Graph.Outputs[0].Name));
        Assert.Equal([4, 10], Trace(model, Sizes("x", 4, 3, 8, 8)).Shape(model.Graph.Outputs[0].Name));
    }

    [Fact]
    public void Unknown_picture_sizes_are_tried_until_one_runs()
    {
        // After the pool the Gemm fits 28 x 28 pictures only.
        var builder = new ModelBuilder();
        var x = builder.Input("x", 1, 1, 28, 28);
        builder.Output(builder.Gemm(builder.Flatten(builder.MaxPool(builder.Conv(x, 2, 3))), 4));
        var model = builder.Build();
        var input = model.Graph.Inputs[0] with { Shape = [new(null, "n"), new(null, "c"), new(null, "h"), new(null, "w")] };

        var trace = Trace(model.With(model.Graph with { Inputs = [input] }));

        Assert.Equal([1, 1, 28, 28], trace.Shape("x"));
    }

    [Fact]
    public void Computed_shapes_are_kept_as_integers()
    {
        var builder = new ModelBuilder();
        var x = builder.Input("x", 2, 3, 4, 4);
        var shape = builder.Node("Shape", [x]);
        builder.Output(builder.Node("Reshape", [builder.Relu(x), shape], [2, 3, 4, 4]));

        var trace = Trace(builder.Build());

        Assert.Equal([2, 3, 4, 4], trace.Integers[shape]);
    }

    [Fact]
    public void Transpose_moves_positions()
    {
        var builder = new ModelBuilder();
        var x = builder.Input("x", 2, 3);
        var y = builder.Output(builder.Node("Transpose", [x], [3, 2], ("perm", new AttributeValue.Ints([1, 0]))));

        var movement = Trace(builder.Build()).Movements[y];

        Assert.Equal([0, 3, 1, 4, 2, 5], movement.Positions);
        Assert.All(movement.Inputs, input => Assert.Equal(0, input));
    }

    [Fact]
    public void Nodes_share_a_movement_where_operator_attributes_shapes_and_targets_are_alike()
    {
        var builder = new ModelBuilder();
        var (x, y) = (builder.Input("x", 2, 3, 4), builder.Input("y", 2, 3, 4));
        string Turned(string value, params long[] order) =>
            builder.Output(builder.Node("Transpose", [value], [.. order.Select(axis => builder.Shape(value)[(int)axis])], ("perm", new AttributeValue.Ints([.. order]))));
        string Target(params long[] values) => builder.Initializer(builder.NewName("target"), TensorData.From([values.Length], values));
        string Reshaped(string target, params int[] shape) => builder.Output(builder.Node("Reshape", [x, target], shape));
        string[] turned = [Turned(x, 2, 0, 1), Turned(y, 2, 0, 1), Turned(x, 1, 2, 0)];
        string[] reshaped = [Reshaped(Target(6, 4), 6, 4), Reshaped(Target(6, 4), 6, 4), Reshaped(Target(2, 12), 2, 12)];

        var movements = Trace(builder.Build()).Movements;

        Assert.Same(movements[turned[0]], movements[turned[1]]);
        Assert.NotEqual(movements[turned[0]].Positions, movements[turned[2]].Positions);
        Assert.Same(movements[reshaped[0]], movements[reshaped[1]]);
        Assert.NotSame(movements[reshaped[0]], movements[reshaped[2]]);
    }

    [Fact]
    public void Concat_tells_its_inputs_apart()
    {
        var builder = new ModelBuilder();
        var x = builder.Input("x", 1, 2, 1, 1);
        var wide = builder.Conv(x, 3, 1);
        var y = builder.Output(builder.Concat(1, x, wide, x));

        var movement = Trace(builder.Build()).Movements[y];

        Assert.Equal([0, 0, 1, 1, 1, 2, 2], movement.Inputs);
        Assert.Equal([0, 1, 0, 1, 2, 0, 1], movement.Positions);
    }

    [Fact]
    public void Every_output_of_Split_has_its_movement()
    {
        var builder = new ModelBuilder();
        var x = builder.Input("x", 1, 4);
        var sizes = builder.Initializer("sizes", TensorData.From([2], [1L, 3L]));
        var parts = builder.Nodes("Split", [x, sizes], [[1, 1], [1, 3]], ("axis", new AttributeValue.Int(1)));
        builder.Output(parts[0]);
        builder.Output(parts[1]);

        var movements = Trace(builder.Build()).Movements;

        Assert.Equal([0], movements[parts[0]].Positions);
        Assert.Equal([1, 2, 3], movements[parts[1]].Positions);
    }

    [Fact]
    public void Padding_comes_from_no_input_whatever_its_value()
    {
        var builder = new ModelBuilder();
        var x = builder.Input("x", 1, 2);
        var pads = builder.Initializer("pads", TensorData.From([4], [0L, 1L, 0L, 1L]));
        var fill = builder.Initializer("fill", TensorData.From([], [1f]));
        var y = builder.Output(builder.Node("Pad", [x, pads, fill], [1, 4]));

        var movement = Trace(builder.Build()).Movements[y];

        Assert.Equal([-1, 0, 0, -1], movement.Inputs);
        Assert.Equal([-1, 0, 1, -1], movement.Positions);
    }

    [Fact]
    public void A_model_that_does_not_load_is_an_error_in_one_line()
    {
        var builder = new ModelBuilder();
        builder.Output(builder.Node("NoSuchOperator", [builder.Input("x", 1, 2)], [1, 2]));

        var result = Run(builder.Build(), NoSizes);

        var error = Assert.Single(result.Diagnostics);
        Assert.Equal(DiagnosticCodes.ModelRefused.Code, error.Code);
        Assert.Contains("NoSuchOperator", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_model_that_does_not_run_is_an_error()
    {
        var builder = new ModelBuilder();
        var x = builder.Input("x", 1, 4);
        var shape = builder.Initializer("shape", TensorData.From([1], [3L]));
        builder.Output(builder.Node("Reshape", [x, shape], [3]));
        var model = builder.Build();
        var input = model.Graph.Inputs[0] with { Shape = [new(null, "n"), new(null, "c")] };

        var result = Run(model.With(model.Graph with { Inputs = [input] }), Sizes("x", 1, 4));

        Assert.Equal(DiagnosticCodes.ModelRunFailed.Code, Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void A_model_that_does_not_run_at_guessed_sizes_says_which_to_give()
    {
        var builder = new ModelBuilder();
        builder.Output(builder.Gemm(builder.Relu(builder.Input("x", 1, 13)), 4));
        var model = builder.Build();
        var input = model.Graph.Inputs[0] with { Shape = [new(null, "batch"), new(null, "time")] };

        var error = Assert.Single(Run(model.With(model.Graph with { Inputs = [input] }), NoSizes).Diagnostics);

        Assert.Equal(DiagnosticCodes.ModelRunFailed.Code, error.Code);
        Assert.Contains("'x' [batch, time]; give them in section inputs of prune.yaml", error.Message, StringComparison.Ordinal);
        Assert.Contains("--input NAME=", error.Message, StringComparison.Ordinal);
        Assert.Contains("ONNX Runtime does not run the model", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16000)]
    [InlineData(8000)]
    public void A_sample_rate_is_found(int rate)
    {
        // Slice leaves rate - (rate - 4) = 4 columns of a row only where the rate is the right one.
        var builder = new ModelBuilder();
        var x = builder.Input("x", 1, 4);
        var difference = builder.Node("Sub", [builder.Input("sr"), builder.Initializer("rate", TensorData.From([1], [(long)rate]))], [1]);
        var width = builder.Node("Add", [difference, builder.Initializer("four", TensorData.From([1], [4L]))], [1]);
        builder.Output(builder.Node("Reshape", [builder.Relu(x), width], [4]));
        var model = builder.Build();

        var trace = Trace(model.With(model.Graph with
        {
            Inputs = [model.Graph.Inputs[0], model.Graph.Inputs[1] with { Type = ElementType.Int64 }],
        }));

        Assert.Equal([rate], trace.Fed["sr"].ToInt64s());
        Assert.Empty(trace.Shape("sr"));
    }

    [Fact]
    public void The_batch_of_a_recurrent_state_is_its_second_axis()
    {
        // One row of the state for each sample.
        var builder = new ModelBuilder();
        var x = builder.Input("x", 1, 3);
        var state = builder.Input("state", 2, 1, 3);
        builder.Output(builder.Node("Concat", [builder.Node("Unsqueeze", [x, builder.Initializer("axis", TensorData.From([1], [0L]))], [1, 1, 3]), state], [3, 1, 3], ("axis", new AttributeValue.Int(0))));
        var model = builder.Build();
        var open = model.Graph.Inputs[1] with { Shape = [new(2, null), new(null, null), new(3, null)] };

        var trace = Trace(model.With(model.Graph with { Inputs = [model.Graph.Inputs[0], open] }));

        Assert.Equal([2, 1, 3], trace.Shape("state"));
    }

    [Theory]
    [InlineData("y", new[] { 1, 3, 8, 8 })]
    [InlineData("x", new[] { 1, 3, 9, 8 })]
    [InlineData("x", new[] { 1, 3 })]
    public void Sizes_that_do_not_fit_are_an_error(string name, int[] sizes)
    {
        var result = Run(SmallNets.Chain(), Sizes(name, sizes));

        Assert.Equal(DiagnosticCodes.InputSizesWrong.Code, Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void The_catalog_says_what_moves_data()
    {
        var model = SmallNets.Vgg();
        var tracer = new ModelTracer(new SessionFactory(), OperatorCatalog.Standard);

        var trace = tracer.Trace(model, NoSizes, TestContext.Current.CancellationToken).Value!;

        var flatten = model.Graph.Nodes.Single(node => node.OpType == "Flatten");
        Assert.Equal(Enumerable.Range(0, 64), trace.Movements[flatten.Outputs[0]].Positions);
    }

    private static ValueTrace Trace(OnnxModel model, ImmutableDictionary<string, ImmutableArray<int>>? sizes = null)
    {
        var result = Run(model, sizes ?? NoSizes);
        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics));
        return result.Value;
    }

    private static Result<ValueTrace> Run(OnnxModel model, ImmutableDictionary<string, ImmutableArray<int>> sizes) =>
        new ModelTracer(new SessionFactory(), new OperatorCatalog([new AnyMover()]))
            .Trace(model, sizes, TestContext.Current.CancellationToken);

    private static ImmutableDictionary<string, ImmutableArray<int>> Sizes(string name, params int[] sizes) =>
        NoSizes.Add(name, [.. sizes]);

    private sealed class AnyMover : Operator
    {
        public override IReadOnlyList<string> OpTypes { get; } =
            ["Reshape", "Flatten", "Transpose", "Concat", "Split", "Slice", "Gather", "Pad", "Expand"];

        public override DataMovement? Movement(Node node) => node.OpType switch
        {
            "Concat" => DataMovement.OfAll(node),
            "Pad" => DataMovement.OfFirst with { FillInput = 2, FillAttribute = "value" },
            _ => DataMovement.OfFirst,
        };

        public override IEnumerable<AxisRelation> Relate(NodeView node) => [];
    }
}
