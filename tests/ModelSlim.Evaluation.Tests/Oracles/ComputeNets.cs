using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Oracles;

/// <summary>
/// Nets of the structures that computing operators make: groups, gates, normalizations, transposed convolutions, shared weights,
/// several inputs and outputs, quantized parts.
/// </summary>
internal static class ComputeNets
{
    /// <summary>Every net by name, with the groups it must have: the first stored tensor's name and the number of channels.</summary>
    public static ImmutableSortedDictionary<string, (Func<OnnxModel> Make, string[] Groups)> All { get; } =
        new SortedDictionary<string, (Func<OnnxModel>, string[])>(StringComparer.Ordinal)
        {
            // Of the grouped convolution: whole groups (4), filters of each group (3), inputs of each group (4).
            ["grouped, fed by an ungrouped one"] = (Grouped, ["weights_1.w:4", "weights_1.w#2:4", "weights_2.w:3"]),
            // What the first ties, the second can still split: pairs of its groups, and the same channels of each.
            ["grouped in two ways"] = (GroupedInTwoWays, ["weights_1.w:4", "weights_2.w:2", "weights_2.w#2:2", "weights_3.w:2"]),
            ["depthwise with multiplier"] = (Multiplied, ["weights_1.w:6", "weights_2.w:2"]),
            ["group normalization"] = (GroupNormalization, ["weights_1.w:4", "weights_2.w:8"]),
            ["instance normalization"] = (InstanceNormalization, ["weights_1.w:8", "weights_2.w:8"]),
            ["layer normalization, decomposed"] = (LayerNormalization, ["weights_1.w:8", "weights_2.w:12"]),
            ["squeeze and excitation"] = (Excitation, ["weights_1.w:8", "weights_2.w:4"]),
            ["convolutional block attention"] = (BlockAttention, ["weights_1.w:8", "down.w:4"]),
            ["U-Net"] = (UNet, ["weights_1.w:8", "weights_2.w:12", "weights_3.w:6", "weights_4.w:8"]),
            ["unpooled"] = (Unpooled, ["weights_1.w:8", "weights_2.w:8"]),
            ["one slope for two"] = (SharedSlope, ["weights_1.w:8"]),
            ["tied weights"] = (TiedWeights, ["table:6", "weights_1.w:12"]),
            ["two inputs, three outputs"] = (ManyEnds, ["weights_1.w:8", "weights_2.w:8", "weights_5.w:10"]),
            ["quantized in the middle"] = (Quantized, ["weights_1.w:8"]),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static OnnxModel Grouped()
    {
        var b = new ModelBuilder();
        var x = b.Relu(b.BatchNormalization(b.Conv(b.Input("x", 1, 3, 6, 6), 16, 1)));
        x = b.Relu(b.Conv(x, 12, 3, pad: 1, group: 4));
        b.Output(b.Conv(x, 5, 1));
        return b.Build();
    }

    private static OnnxModel GroupedInTwoWays()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input("x", 1, 3, 6, 6), 8, 1);
        x = b.Relu(b.Conv(x, 8, 1, group: 2));
        x = b.Relu(b.Conv(x, 8, 1, group: 4));
        b.Output(b.Conv(x, 5, 1));
        return b.Build();
    }

    private static OnnxModel Multiplied()
    {
        var b = new ModelBuilder();
        var x = b.Relu(b.Conv(b.Input("x", 1, 3, 6, 6), 6, 1));
        b.Output(b.Conv(b.Relu(b.Conv(x, 12, 3, group: 6)), 5, 1));
        return b.Build();
    }

    private static OnnxModel GroupNormalization()
    {
        var b = new ModelBuilder(opset: 21);
        var x = b.Conv(b.Input("x", 1, 3, 6, 6), 16, 1);
        x = b.Relu(Scaled(b, "GroupNormalization", x, ("num_groups", new AttributeValue.Int(4))));
        x = b.Relu(Scaled(b, "GroupNormalization", b.Conv(x, 8, 3), ("num_groups", new AttributeValue.Int(1))));
        b.Output(b.Conv(x, 5, 1));
        return b.Build();
    }

    private static OnnxModel InstanceNormalization()
    {
        var b = new ModelBuilder();
        var x = b.Relu(Scaled(b, "InstanceNormalization", b.Conv(b.Input("x", 1, 3, 6, 6), 8, 1)));
        var y = Scaled(b, "InstanceNormalization", b.Conv(x, 8, 3, pad: 1));
        b.Output(b.Conv(b.Add(x, b.Conv(b.Relu(y), 8, 1)), 5, 1));
        return b.Build();
    }

    private static OnnxModel LayerNormalization()
    {
        var b = new ModelBuilder();
        var x = b.Gemm(b.Input("x", 1, 4), 8);
        int[] one = [1, 1];
        var centred = b.Node("Sub", [x, b.Node("ReduceMean", [x], one, ("axes", Ints(-1)))], [1, 8]);
        var square = b.Node("Pow", [centred, Number(b, 2)], [1, 8]);
        var deviation = b.Node("Sqrt", [b.Node("Add", [b.Node("ReduceMean", [square], one, ("axes", Ints(-1))), Number(b, 1e-5f)], one)], one);
        var normal = b.Node("Mul", [b.Node("Div", [centred, deviation], [1, 8]), b.Initializer("gamma", [8], 0.5f, 1.5f)], [1, 8]);
        b.Output(b.Gemm(b.Add(x, b.Gemm(b.Relu(b.Gemm(normal, 12)), 8)), 5));
        return b.Build();
    }

    private static OnnxModel Excitation()
    {
        var b = new ModelBuilder();
        var x = b.Relu(b.Conv(b.Input("x", 1, 3, 6, 6), 8, 1));
        var squeezed = b.Node("ReduceMean", [x], [1, 8, 1, 1], ("axes", Ints(2, 3)));
        var gate = b.Node("HardSigmoid", [b.Conv(b.Relu(b.Conv(squeezed, 4, 1)), 8, 1)], [1, 8, 1, 1]);
        b.Output(b.Conv(b.Node("Mul", [gate, x], [1, 8, 6, 6]), 5, 1));
        return b.Build();
    }

    private static OnnxModel BlockAttention()
    {
        var b = new ModelBuilder();
        var x = b.Relu(b.Conv(b.Input("x", 1, 3, 6, 6), 8, 1));

        // One small net for what a channel has on average and at most.
        var (down, up) = (b.Initializer("down.w", [4, 8, 1, 1], -0.5f, 0.5f), b.Initializer("up.w", [8, 4, 1, 1], -0.5f, 0.5f));
        string Squeeze(string pool) => b.Conv(b.Relu(b.Conv(b.Node(pool, [x], [1, 8, 1, 1]), down, "")), up, "");
        var gate = b.Node("Sigmoid", [b.Add(Squeeze("GlobalAveragePool"), Squeeze("GlobalMaxPool"))], [1, 8, 1, 1]);
        x = b.Node("Mul", [x, gate], [1, 8, 6, 6]);
        var flat = b.Concat(
            1,
            b.Node("ReduceMean", [x], [1, 1, 6, 6], ("axes", Ints(1))),
            b.Node("ReduceMax", [x], [1, 1, 6, 6], ("axes", Ints(1))));
        var places = b.Node("Sigmoid", [b.Conv(flat, 1, 3, pad: 1)], [1, 1, 6, 6]);
        b.Output(b.Conv(b.Node("Mul", [x, places], [1, 8, 6, 6]), 5, 1));
        return b.Build();
    }

    private static OnnxModel UNet()
    {
        var b = new ModelBuilder();
        var high = b.Relu(b.Conv(b.Input("x", 1, 3, 8, 8), 8, 3, pad: 1));
        var low = b.Relu(b.Conv(b.MaxPool(high), 12, 3, pad: 1));
        var name = b.NewName("weights");
        var up = b.Node(
            "ConvTranspose", [low, b.Initializer($"{name}.w", [12, 6, 2, 2], -0.4f, 0.4f), b.Initializer($"{name}.b", [6], -0.1f, 0.1f)],
            [1, 6, 8, 8], ("strides", Ints(2, 2)));
        b.Output(b.Conv(b.Relu(b.Conv(b.Concat(1, high, up), 8, 3, pad: 1)), 2, 1));
        return b.Build();
    }

    private static OnnxModel Unpooled()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input("x", 1, 3, 8, 8), 8, 3, pad: 1);
        var pooled = b.Nodes("MaxPool", [x], [[1, 8, 4, 4], [1, 8, 4, 4]], ("kernel_shape", Ints(2, 2)), ("strides", Ints(2, 2)));
        x = b.Conv(b.Relu(b.Conv(pooled[0], 8, 1)), 8, 1);
        string[] inputs = [x, pooled[1], b.Initializer("sizes", TensorData.From([4], [1L, 8, 8, 8]))];
        x = b.Node("MaxUnpool", inputs, [1, 8, 8, 8], ("kernel_shape", Ints(2, 2)), ("strides", Ints(2, 2)));
        b.Output(b.Conv(x, 2, 1));
        return b.Build();
    }

    private static OnnxModel SharedSlope()
    {
        var b = new ModelBuilder();
        var (slope, bias) = (b.Initializer("slope", [8, 1, 1], 0.1f, 0.3f), b.Initializer("bias", [8], -0.1f, 0.1f));
        string Block(string x, int channels) => b.Node(
            "PRelu", [b.Conv(x, b.Initializer($"{b.NewName("weights")}.w", [8, channels, 1, 1], -0.5f, 0.5f), bias), slope], [1, 8, 6, 6]);
        b.Output(b.Conv(Block(Block(b.Input("x", 1, 3, 6, 6), 3), 8), 5, 1));
        return b.Build();
    }

    private static OnnxModel TiedWeights()
    {
        var b = new ModelBuilder();
        var table = b.Initializer("table", [9, 6], -0.5f, 0.5f);
        var x = b.Node("MatMul", [b.Input("x", 1, 9), table], [1, 6]);
        x = b.Gemm(b.Relu(b.Gemm(x, 12)), 6);
        b.Output(b.Node("Gemm", [x, table], [1, 9], ("transB", new AttributeValue.Int(1))));
        return b.Build();
    }

    private static OnnxModel ManyEnds()
    {
        var b = new ModelBuilder();
        var (one, other) = (b.Conv(b.Input("x", 1, 3, 6, 6), 8, 3), b.Conv(b.Input("y", 1, 2, 6, 6), 8, 3));
        b.Output(b.Conv(one, 4, 1));
        var both = b.Concat(1, b.Relu(one), b.Relu(other));
        b.Output(b.Gemm(b.Flatten(b.GlobalAveragePool(both)), 10));
        var top = b.Relu(b.Gemm(b.Flatten(b.GlobalAveragePool(both)), 10));
        b.Output(b.Node("Softmax", [b.Gemm(top, 3)], [1, 3]));
        return b.Build();
    }

    private static OnnxModel Quantized()
    {
        var b = new ModelBuilder();
        var scale = b.Initializer("scale", TensorData.From([], [0.05f]));
        var zero = b.Initializer("zero", new TensorData(ElementType.Int8, [], new byte[1]));
        string Through(string x) => b.Node(
            "DequantizeLinear", [b.Node("QuantizeLinear", [x, scale, zero], [.. b.Shape(x)]), scale, zero], [.. b.Shape(x)]);
        var x = b.Relu(b.Conv(b.Input("x", 1, 3, 6, 6), 8, 1));
        var weights = b.Initializer("quantized", new TensorData(ElementType.Int8, [6, 4, 1, 1], Enumerable.Range(0, 24).Select(i => (byte)(i * 11)).ToArray()));
        x = Through(b.Relu(b.Conv(x, 4, 1)));
        x = b.Conv(x, b.Node("DequantizeLinear", [weights, scale, zero], [6, 4, 1, 1]), "");
        b.Output(b.Conv(Through(x), 5, 1));
        return b.Build();
    }

    private static string Scaled(ModelBuilder b, string opType, string x, params (string, AttributeValue)[] attributes)
    {
        var name = b.NewName("scaled");
        ImmutableArray<int> channels = [b.Shape(x)[1]];
        return b.Node(
            opType,
            [x, b.Initializer($"{name}.scale", channels, 0.5f, 1.5f), b.Initializer($"{name}.shift", channels, -0.3f, 0.3f)],
            [.. b.Shape(x)],
            attributes);
    }

    private static string Number(ModelBuilder b, float value) => b.Initializer(b.NewName("number"), TensorData.From([], [value]));

    private static AttributeValue Ints(params long[] values) => new AttributeValue.Ints([.. values]);
}
