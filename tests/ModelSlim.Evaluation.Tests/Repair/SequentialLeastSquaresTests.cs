using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Calibration;
using ModelSlim.Evaluation.Repair;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tests.Oracles;
using ModelSlim.Testing;
using static ModelSlim.Evaluation.Tests.Repair.RepairCase;

namespace ModelSlim.Evaluation.Tests.Repair;

public sealed class SequentialLeastSquaresTests
{
    [Theory]
    [InlineData("chain", false)]
    [InlineData("chain", true)]
    [InlineData("residual", false)]
    [InlineData("residual", true)]
    [InlineData("inverted-residual", false)]
    [InlineData("inverted-residual", true)]
    [InlineData("vgg", false)]
    [InlineData("vgg", true)]
    public void Outputs_get_nearer_to_the_originals(string kind, bool folded)
    {
        var task = Half(SmallNets.Make(kind, folded));

        var outcome = RepairCase.Repair(task);

        Assert.True(outcome.ErrorAfter < 0.7 * outcome.ErrorBefore, $"{outcome.ErrorBefore} -> {outcome.ErrorAfter}");
        Assert.All(outcome.Steps, step => Assert.True(step.ErrorAfter <= step.ErrorBefore, $"{step}"));
        var fresh = new NoiseSampleSet(64, task.Calibration.Shapes, new PreprocessSpec(), seed: 99);
        Assert.True(Difference(task.Original, outcome.Model, fresh) < Difference(task.Original, task.Slim, fresh));
    }

    [Theory]
    [InlineData("chain")]
    [InlineData("residual")]
    [InlineData("vgg")]
    public void Weights_of_16_bits_are_fitted_and_stay_of_16_bits(string kind)
    {
        var task = RepairCase.Half(HalfPrecision.Of(SmallNets.Make(kind, folded: true), ElementType.Float16));

        var outcome = RepairCase.Repair(task);

        Assert.True(outcome.ErrorAfter < 0.7 * outcome.ErrorBefore, $"{outcome.ErrorBefore} -> {outcome.ErrorAfter}");
        Assert.All(outcome.Model.Graph.Initializers.Values.Where(tensor => tensor.IsFloatingPoint), tensor => Assert.Equal(ElementType.Float16, tensor.Type));
    }

    [Fact]
    public void Channels_that_the_kept_ones_can_express_cost_nothing()
    {
        var model = WithTwins();
        var traced = new TracedModel(model);
        var group = traced.Dependencies.Groups[0];
        var task = Task(traced, [new GroupCut(group.Id, group.Channels, [4, 5, 6, 7])]);

        var outcome = RepairCase.Repair(task);

        Assert.True(outcome.ErrorBefore > 1e-2, $"{outcome.ErrorBefore}");
        Assert.True(outcome.ErrorAfter < 1e-5, $"{outcome.ErrorAfter}");
    }

    [Fact]
    public void Shapes_stay()
    {
        var task = Half(SmallNets.Residual());

        var repaired = RepairCase.Repair(task).Model.Graph;

        Assert.Equal(task.Slim.Graph.Initializers.Keys.Order(), repaired.Initializers.Keys.Order());
        Assert.All(repaired.Initializers, pair => Assert.Equal(task.Slim.Graph.Initializers[pair.Key].Shape, pair.Value.Shape));
        Assert.Equal(task.Slim.Graph.Nodes.Select(node => node.Label), repaired.Nodes.Select(node => node.Label));
    }

    [Theory]
    [InlineData("residual")]
    [InlineData("inverted-residual")]
    public void Same_bytes_every_time_and_on_any_number_of_threads(string kind)
    {
        var task = Half(SmallNets.Make(kind, folded: true));
        var writer = new OnnxWriter();

        var one = writer.Write(RepairCase.Repair(task, threads: 1).Model);

        Assert.Equal(one, writer.Write(RepairCase.Repair(task, threads: 1).Model));
        Assert.Equal(one, writer.Write(RepairCase.Repair(task, threads: 2).Model));
        Assert.Equal(one, writer.Write(RepairCase.Repair(task, threads: 5).Model));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Layers_too_wide_for_all_their_weights_are_mixed_by_channel(bool transposed)
    {
        var builder = new ModelBuilder();
        var x = builder.Relu(builder.Conv(builder.Input("x", 1, 2, 8, 8), 200, 1));
        x = transposed
            ? builder.Node("ConvTranspose", [x, builder.Initializer("w", [200, 4, 5, 5], -0.1f, 0.1f)], [1, 4, 12, 12])
            : builder.Conv(x, 4, 5);
        builder.Output(x);

        var outcome = RepairCase.Repair(Half(builder.Build()));

        Assert.True(outcome.ErrorAfter < 0.1 * outcome.ErrorBefore, $"{outcome.ErrorBefore} -> {outcome.ErrorAfter}");
    }

    [Fact]
    public void A_value_that_is_goal_of_one_layer_and_input_of_the_next_is_there_for_both()
    {
        var builder = new ModelBuilder();
        var x = builder.Relu(builder.Conv(builder.Input("x", 1, 2, 6, 6), 160, 1));
        x = builder.Relu(builder.Conv(x, 160, 3, pad: 1));
        builder.Output(builder.Conv(x, 4, 3));

        var outcome = RepairCase.Repair(RepairCase.Half(builder.Build()));

        Assert.Equal(3, outcome.Steps.Length);
        Assert.True(outcome.ErrorAfter < 0.5 * outcome.ErrorBefore, $"{outcome.ErrorBefore} -> {outcome.ErrorAfter}");
    }

    [Fact]
    public void Wide_products_are_fitted_weight_by_weight()
    {
        var builder = new ModelBuilder();
        var x = builder.Relu(builder.Conv(builder.Input("x", 1, 1, 16, 16), 10, 1));
        builder.Output(builder.Gemm(builder.Flatten(x), 3));

        var outcome = RepairCase.Repair(RepairCase.Half(builder.Build()));

        Assert.True(outcome.ErrorAfter < 0.5 * outcome.ErrorBefore, $"{outcome.ErrorBefore} -> {outcome.ErrorAfter}");
    }

    [Fact]
    public void Layers_too_wide_for_anything_else_get_the_mean_right()
    {
        var builder = new ModelBuilder();
        var x = builder.Relu(builder.Conv(builder.Input("x", 1, 1, 26, 26), 8, 1));
        builder.Output(builder.Gemm(builder.Flatten(x), 3));

        var outcome = RepairCase.Repair(Half(builder.Build()));

        Assert.True(outcome.ErrorAfter < outcome.ErrorBefore, $"{outcome.ErrorBefore} -> {outcome.ErrorAfter}");
    }

    [Fact]
    public void A_model_that_takes_one_sample_at_a_time_is_repaired_too()
    {
        // The constant has a batch of 1 that no one can free.
        var builder = new ModelBuilder();
        var x = builder.Relu(builder.Conv(builder.Input("x", 1, 3, 6, 6), 8, 3));
        var y = builder.Flatten(builder.GlobalAveragePool(builder.Conv(x, 4, 3)));
        builder.Output(builder.Concat(0, y, builder.Initializer("constant", [1, 4], -1, 1)));

        var outcome = RepairCase.Repair(Half(builder.Build()), samples: 64);

        Assert.True(outcome.ErrorAfter < outcome.ErrorBefore, $"{outcome.ErrorBefore} -> {outcome.ErrorAfter} {outcome.Samples} {string.Join(";", outcome.Steps)}");
    }

    [Fact]
    public void Weights_in_Constant_nodes_are_repaired()
    {
        var model = SmallNets.Chain();
        var moved = model.Graph.Nodes.Last(node => node.OpType == "Conv").Inputs[1];
        var constant = new Node
        {
            OpType = "Constant",
            Inputs = [],
            Outputs = [moved],
        }.With("value", new AttributeValue.Tensor(model.Graph.Initializers[moved]));
        model = model.With(model.Graph with
        {
            Nodes = model.Graph.Nodes.Insert(0, constant),
            Initializers = model.Graph.Initializers.Remove(moved),
        });
        var task = Half(model);

        var outcome = RepairCase.Repair(task);

        var before = new GraphIndex(task.Slim.Graph).Constant(moved)!.ToSingles();
        Assert.NotEqual(before, new GraphIndex(outcome.Model.Graph).Constant(moved)!.ToSingles());
    }

    [Fact]
    public void Too_few_samples_leave_the_model_as_it_is()
    {
        var task = Half(SmallNets.Chain()) with { Calibration = Noise(SmallNets.Chain(), 3) };

        var result = new SequentialLeastSquares(new SessionFactory(), new RepairSettings())
            .Repair(task, null, TestContext.Current.CancellationToken);

        Assert.Same(task.Slim, result.Value!.Model);
        Assert.Equal(DiagnosticCodes.RepairSkipped.Code, Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void A_model_that_cannot_be_run_in_pieces_stays_as_it_is()
    {
        var builder = new ModelBuilder();
        var x = builder.Input("x", 1, 4, 6, 6);
        var parts = builder.Node("SplitToSequence", [x], null, ("axis", new AttributeValue.Int(1)));
        var y = builder.Conv(builder.Relu(builder.Conv(x, 8, 3, pad: 1)), 1, 3, pad: 1);
        var first = builder.Node("SequenceAt", [parts, builder.Initializer("zero", TensorData.From([], [0L]))], [1, 1, 6, 6]);
        builder.Output(builder.Add(y, first));
        var task = Half(builder.Build());

        var result = new SequentialLeastSquares(new SessionFactory(), new RepairSettings())
            .Repair(task, null, TestContext.Current.CancellationToken);

        Assert.Same(task.Slim, result.Value!.Model);
        Assert.Equal(DiagnosticCodes.RepairSkipped.Code, Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void An_output_of_text_is_left_out()
    {
        var builder = new ModelBuilder();
        var x = builder.Relu(builder.Conv(builder.Input("x", 1, 3, 6, 6), 8, 3));
        var y = builder.Output(builder.Conv(x, 4, 3));
        builder.Node("Cast", [y], null, ("to", new AttributeValue.Int((int)ElementType.String)));
        var model = builder.Build();
        model = model.With(model.Graph with
        {
            Outputs = model.Graph.Outputs.Add(new GraphValue(model.Graph.Nodes[^1].Outputs[0], ElementType.String, default)),
        });

        var outcome = RepairCase.Repair(Half(model));

        Assert.True(outcome.ErrorAfter < outcome.ErrorBefore, $"{outcome.ErrorBefore} -> {outcome.ErrorAfter}");
    }

    [Fact]
    public void An_output_whose_size_depends_on_the_data_is_left_out()
    {
        var builder = new ModelBuilder();
        var x = builder.Relu(builder.Conv(builder.Input("x", 1, 3, 6, 6), 8, 3));
        var y = builder.Output(builder.Conv(x, 4, 3));
        var places = builder.Node("NonZero", [builder.Relu(y)]);
        builder.Output(builder.Node("Cast", [places], null, ("to", new AttributeValue.Int((int)ElementType.Float))));

        var outcome = RepairCase.Repair(Half(builder.Build()));

        Assert.True(outcome.ErrorAfter < outcome.ErrorBefore, $"{outcome.ErrorBefore} -> {outcome.ErrorAfter}");
    }

    [Fact]
    public void Where_nothing_was_cut_nothing_is_changed()
    {
        var traced = new TracedModel(SmallNets.Chain());

        var result = new SequentialLeastSquares(new SessionFactory(), new RepairSettings())
            .Repair(Task(traced, []), null, TestContext.Current.CancellationToken);

        Assert.Same(traced.Model.Graph.Initializers, result.Value!.Model.Graph.Initializers);
        Assert.Empty(result.Diagnostics);
    }

    [Fact]
    public void Cancelling_ends_the_work()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            new SequentialLeastSquares(new SessionFactory(), new RepairSettings()).Repair(Half(SmallNets.Chain()), null, source.Token));
    }

    // A chain whose second Conv reads eight channels, of which the last four are twice the first four.
    private static OnnxModel WithTwins()
    {
        var builder = new ModelBuilder();
        ImmutableArray<int> shape = [8, 3, 3, 3];
        var weights = builder.Random("w", shape, -1, 1);
        var bias = builder.Random("b", [8], -1, 1);
        for (var i = 0; i < weights.Length / 2; i++)
        {
            weights[(weights.Length / 2) + i] = 2 * weights[i];
        }

        for (var i = 0; i < 4; i++)
        {
            bias[4 + i] = 2 * bias[i];
        }

        var x = builder.Conv(
            builder.Input("x", 1, 3, 8, 8),
            builder.Initializer("first.w", TensorData.From(shape, weights)),
            builder.Initializer("first.b", TensorData.From([8], bias)));
        builder.Output(builder.Conv(builder.Relu(x), 4, 3));
        return builder.Build();
    }
}
