using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Calibration;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Repair;

/// <summary>Whatever reads a pruned tensor is fitted: the outputs come nearer to the original's on samples that no fit has seen.</summary>
public sealed class RepairedConsumersTests
{
    public static TheoryData<string> Names { get; } = [.. Nets.Keys];

    private static Dictionary<string, Func<OnnxModel>> Nets => new()
    {
        ["grouped Conv"] = () => Picture((b, x) => b.Conv(x, 8, 3, group: 2)),
        ["Conv behind a shuffle"] = () => Picture((b, x) => b.Conv(Reshape(b, Transpose(b, Reshape(b, x, 1, 2, 8, 6, 6), 0, 2, 1, 3, 4), 1, 16, 6, 6), 8, 3)),
        ["ConvTranspose"] = () => Picture((b, x) => Transposed(b, x, 16, 6, 1)),
        ["grouped ConvTranspose"] = () => Picture((b, x) => Transposed(b, x, 16, 6, 2)),
        ["Conv behind Concat"] = () => Picture((b, x) => b.Conv(b.Concat(1, x, b.Relu(b.Conv(x, 12, 3, pad: 1))), 8, 3)),
        ["Conv behind Split"] = () => Picture((b, x) => b.Conv(b.Nodes("Split", [x], [[1, 8, 6, 6], [1, 8, 6, 6]], ("axis", Int(1)))[1], 8, 3)),
        ["Gemm behind Flatten"] = () => Picture((b, x) => b.Gemm(b.Flatten(x), 6)),
        ["Gemm behind a last-channel Flatten"] = () => Picture((b, x) => b.Gemm(b.Flatten(Transpose(b, x, 0, 2, 3, 1)), 6)),
        ["MatMul behind Transpose"] = () => Picture((b, x) => Right(b, Reshape(b, Transpose(b, x, 0, 2, 3, 1), 1, 36, 16), 8)),
        ["MatMul with the weight first"] = () => Picture((b, x) => b.Node("MatMul", [b.Initializer("w", [8, 16], -1, 1), Reshape(b, x, 1, 16, 36)], [1, 8, 36])),
        ["Gemm"] = () => Vector((b, x) => Product(b, x, [24, 8], ("alpha", Float(0.5f)), ("beta", Float(2)))),
        ["Gemm transB"] = () => Vector((b, x) => Product(b, x, [8, 24], ("transB", Int(1)))),
        ["Gemm transA"] = () => Vector((b, x) => Product(b, Transpose(b, x, 1, 0), [24, 8], ("transA", Int(1)))),
        ["Gemm with the weight first"] = () => Vector((b, x) => b.Node("Gemm", [b.Initializer("w", [8, 24], -1, 1), x], [8, 1], ("transB", Int(1)))),
        ["Einsum"] = () => Vector((b, x) => b.Node("Einsum", [x, b.Initializer("w", [24, 2, 5], -1, 1)], [1, 2, 5], ("equation", new AttributeValue.Text("bc,chk->bhk")))),
        ["FusedConv"] = () => Fused(Picture((b, x) => b.Conv(Convolution(b, x, "FusedConv", 8, ("activation", new AttributeValue.Text("Relu"))), 4, 3))),
        ["FusedConv with an addend"] = () => Fused(Picture((b, x) =>
        {
            var weights = b.Initializer("w", [16, 16, 3, 3], -0.2f, 0.2f);
            return b.Conv(b.Node("FusedConv", [x, weights, b.Initializer("b", [16], -1, 1), x], [1, 16, 6, 6], ("pads", Ints(1, 1, 1, 1)), ("activation", new AttributeValue.Text("Relu"))), 4, 3);
        })),
        ["FusedMatMul"] = () => Fused(Vector((b, x) => b.Node("FusedMatMul", [x, b.Initializer("w", [8, 24], -1, 1)], [1, 8], ("transB", Int(1)), ("alpha", Float(0.5f))))),
        ["FusedGemm"] = () => Fused(Vector((b, x) => b.Gemm(b.Node(
            "FusedGemm", [x, b.Initializer("w", [24, 12], -0.5f, 0.5f), b.Initializer("b", [12], -1, 1)], [1, 12], ("activation", new AttributeValue.Text("Relu"))), 5))),
        ["RNN"] = () => Sequence("RNN", 1),
        ["GRU"] = () => Sequence("GRU", 3),
        ["LSTM"] = () => Sequence("LSTM", 4),
        ["Attention"] = () => RepairCase.WithFusions(
            Picture((b, x) => b.Node(
                "Attention",
                [
                    Transpose(b, Reshape(b, x, 1, 16, 36), 0, 2, 1),
                    b.Initializer("w", [16, 24], -0.5f, 0.5f),
                    b.Initializer("b", [24], -0.5f, 0.5f),
                ],
                [1, 36, 8],
                ("num_heads", Int(2)))),
            "Attention"),
        ["Gemm behind a layer scale"] = () => Vector((b, x) => b.Gemm(b.Relu(b.Node("Mul", [b.Gemm(x, 12), b.Initializer("gamma", [12], 0.5f, 2)], [1, 12])), 6)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_get_nearer_to_the_originals(string name)
    {
        var task = RepairCase.Half(Nets[name]());

        var outcome = RepairCase.Repair(task);

        Assert.True(outcome.ErrorBefore > 1e-3, $"nothing was cut: {outcome.ErrorBefore}");
        Assert.True(outcome.ErrorAfter < 0.7 * outcome.ErrorBefore, $"{outcome.ErrorBefore} -> {outcome.ErrorAfter}");
        Assert.All(outcome.Steps, step => Assert.True(step.ErrorAfter <= step.ErrorBefore, $"{step}"));
        var fresh = new NoiseSampleSet(64, task.Calibration.Shapes, new PreprocessSpec { Mean = [0.5], Std = [0.5] }, seed: 99);
        Assert.True(RepairCase.Difference(task.Original, outcome.Model, fresh) < RepairCase.Difference(task.Original, task.Slim, fresh));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_residual_that_is_broadcast_is_no_goal(bool reversed)
    {
        // As a time embedding or a global context is added: [1, C, 1, 1] to [1, C, H, W], and the other way round.
        var builder = new ModelBuilder();
        var x = builder.Input("x", 1, 3, 6, 6);
        var wide = builder.Relu(builder.Conv(x, 12, 3, pad: 1));
        var small = builder.Conv(builder.GlobalAveragePool(wide), 12, 1);
        var large = builder.Conv(wide, 12, 3, pad: 1);
        var sum = reversed
            ? builder.Node("Add", [builder.Conv(builder.GlobalAveragePool(large), 12, 1), wide], [1, 12, 6, 6])
            : builder.Node("Add", [large, small], [1, 12, 6, 6]);
        builder.Output(builder.Conv(builder.Relu(sum), 4, 3));

        var outcome = RepairCase.Repair(RepairCase.Half(builder.Build()));

        Assert.True(outcome.ErrorAfter < outcome.ErrorBefore, $"{outcome.ErrorBefore} -> {outcome.ErrorAfter}");
    }

    [Theory]
    [InlineData("LSTM")]
    [InlineData("ConvTranspose")]
    [InlineData("Einsum")]
    public void Same_bytes_on_any_number_of_threads(string name)
    {
        var task = RepairCase.Half(Nets[name]());
        var writer = new OnnxWriter();

        var one = writer.Write(RepairCase.Repair(task, threads: 1).Model);

        Assert.Equal(one, writer.Write(RepairCase.Repair(task, threads: 3).Model));
    }

    // Sixteen channels of six by six, which end reads; what it gives goes to a small head.
    private static OnnxModel Picture(Func<ModelBuilder, string, string> end)
    {
        var builder = new ModelBuilder();
        builder.Output(end(builder, builder.Relu(builder.Conv(builder.Input("x", 1, 3, 6, 6), 16, 3, pad: 1))));
        return builder.Build();
    }

    private static OnnxModel Vector(Func<ModelBuilder, string, string> end)
    {
        var builder = new ModelBuilder();
        builder.Output(end(builder, builder.Relu(builder.Gemm(builder.Input("x", 1, 12), 24))));
        return builder.Build();
    }

    // Columns of a picture as time steps, its channels as features; both directions.
    private static OnnxModel Sequence(string op, int gates)
    {
        const int hidden = 5;
        var builder = new ModelBuilder();
        var x = builder.Relu(builder.Conv(builder.Input("x", 1, 3, 1, 6), 16, 1));
        x = Transpose(builder, Reshape(builder, x, 1, 16, 6), 2, 0, 1);
        var y = builder.Nodes(
            op,
            [
                x,
                builder.Initializer("w", [2, gates * hidden, 16], -0.5f, 0.5f),
                builder.Initializer("r", [2, gates * hidden, hidden], -0.5f, 0.5f),
                builder.Initializer("b", [2, 2 * gates * hidden], -0.5f, 0.5f),
            ],
            [[6, 2, 1, hidden]],
            ("hidden_size", Int(hidden)),
            ("direction", new AttributeValue.Text("bidirectional")))[0];
        builder.Output(Transpose(builder, y, 2, 0, 1, 3));
        return builder.Build();
    }

    private static OnnxModel Fused(OnnxModel model) => RepairCase.WithFusions(model, "FusedConv", "FusedMatMul", "FusedGemm");

    private static string Transposed(ModelBuilder builder, string x, int channels, int outputs, int groups) => builder.Node(
        "ConvTranspose",
        [x, builder.Initializer("w", [channels, outputs / groups, 3, 3], -0.3f, 0.3f), builder.Initializer("b", [outputs], -1, 1)],
        [1, outputs, 12, 12],
        ("strides", Ints(2, 2)),
        ("pads", Ints(1, 1, 1, 1)),
        ("output_padding", Ints(1, 1)),
        ("group", Int(groups)));

    private static string Convolution(ModelBuilder builder, string x, string op, int channels, params (string, AttributeValue)[] attributes) => builder.Node(
        op,
        [x, builder.Initializer("fused.w", [channels, 16, 3, 3], -0.2f, 0.2f), builder.Initializer("fused.b", [channels], -1, 1)],
        [1, channels, 4, 4],
        attributes);

    private static string Product(ModelBuilder builder, string x, int[] weight, params (string, AttributeValue)[] attributes) =>
        builder.Node("Gemm", [x, builder.Initializer("w", [.. weight], -1, 1), builder.Initializer("c", [1, 8], -1, 1)], [1, 8], attributes);

    private static string Right(ModelBuilder builder, string x, int features) =>
        builder.Node("MatMul", [x, builder.Initializer("w", [builder.Shape(x)[^1], features], -1, 1)], [.. builder.Shape(x)[..^1], features]);

    private static string Reshape(ModelBuilder builder, string x, params int[] shape) => builder.Node(
        "Reshape", [x, builder.Initializer(builder.NewName("sizes"), TensorData.From([shape.Length], Array.ConvertAll(shape, extent => (long)extent)))], shape);

    private static string Transpose(ModelBuilder builder, string x, params int[] order) =>
        builder.Node("Transpose", [x], [.. order.Select(axis => builder.Shape(x)[axis])], ("perm", Ints([.. order.Select(axis => (long)axis)])));

    private static AttributeValue Int(long value) => new AttributeValue.Int(value);

    private static AttributeValue Ints(params long[] values) => new AttributeValue.Ints([.. values]);

    private static AttributeValue Float(float value) => new AttributeValue.Float(value);
}
