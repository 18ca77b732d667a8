using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Tests.Conformance;

/// <summary>Cases for every operator of the catalog.</summary>
internal static class OperatorCases
{
    public static IEnumerable<OperatorCase> All() =>
    [
        .. Convolutions(), .. Normalizations(), .. Products(), .. Unaries(), .. Broadcasts(), .. Pools(), .. Reshapings(),
        .. Others(),
    ];

    private static IEnumerable<OperatorCase> Convolutions()
    {
        // X [N, C, ...] can lose channels (C), its batch (N), and the filters (M).
        foreach (var opset in new[] { 6, 11, 13, 21 })
        {
            yield return Make("Conv 2-D", opset, "Conv", 2 + 4 + 6, [Random(2, 4, 5, 5), Random(6, 4, 3, 3), Random(6)]);
        }

        yield return Make("Conv without bias", 13, "Conv", 4 + 6, [Random(1, 4, 5, 5), Random(6, 4, 1, 1)]);
        yield return Make("Conv 1-D", 13, "Conv", 2 + 3 + 4, [Random(2, 3, 9), Random(4, 3, 3), Random(4)]);
        yield return Make("Conv 3-D", 13, "Conv", 2 + 3 + 4, [Random(2, 3, 4, 4, 4), Random(4, 3, 2, 2, 2)]);
        yield return Make(
            "Conv strided, dilated, asymmetric pads", 13, "Conv", 2 + 4 + 6, [Random(2, 4, 9, 9), Random(6, 4, 3, 3), Random(6)],
            ("strides", Ints(2, 1)), ("dilations", Ints(1, 2)), ("pads", Ints(0, 1, 2, 1)));
        yield return Make("Conv auto_pad", 13, "Conv", 2 + 4 + 6, [Random(2, 4, 6, 6), Random(6, 4, 3, 3), Random(6)], ("auto_pad", new AttributeValue.Text("SAME_UPPER")));
        yield return Make("Conv depthwise", 13, "Conv", 2 + 6, [Random(2, 6, 5, 5), Random(6, 1, 3, 3), Random(6)], ("group", new AttributeValue.Int(6)));
        yield return Make("Conv depthwise with multiplier", 13, "Conv", 2 + 3, [Random(2, 3, 5, 5), Random(6, 1, 3, 3), Random(6)], ("group", new AttributeValue.Int(3)));
        yield return Make("Conv grouped", 13, "Conv", 2 + 4 + 3, [Random(2, 8, 5, 5), Random(6, 4, 3, 3), Random(6)], ("group", new AttributeValue.Int(2)));
    }

    private static IEnumerable<OperatorCase> Normalizations()
    {
        foreach (var opset in new[] { 7, 9, 15 })
        {
            yield return Make(
                "BatchNormalization", opset, "BatchNormalization", 2 + 4 + 3 + 3,
                [Random(2, 4, 3, 3), Random(4), Random(4), Random(4), Positive(4)]);
        }
    }

    private static IEnumerable<OperatorCase> Products()
    {
        yield return Make("Gemm", 13, "Gemm", 2 + 4 + 3, [Random(2, 4), Random(4, 3), Random(3)]);
        yield return Make("Gemm without C", 11, "Gemm", 2 + 4 + 3, [Random(2, 4), Random(4, 3)]);
        yield return Make("Gemm transposed", 13, "Gemm", 2 + 4 + 3, [Random(4, 2), Random(3, 4), Random(2, 3)], ("transA", new AttributeValue.Int(1)), ("transB", new AttributeValue.Int(1)), ("alpha", new AttributeValue.Float(0.5f)));
        yield return Make("MatMul", 13, "MatMul", 2 + 4 + 3, [Random(2, 4), Random(4, 3)]);
        yield return Make("MatMul batched", 13, "MatMul", 5 + 2 + 4 + 3, [Random(5, 2, 4), Random(4, 3)]);
        yield return Make("MatMul of two batches", 13, "MatMul", 5 + 2 + 4 + 3, [Random(5, 2, 4), Random(5, 4, 3)]);
        yield return Make("MatMul by a vector", 13, "MatMul", 2 + 4, [Random(2, 4), Random(4)]);
    }

    private static IEnumerable<OperatorCase> Unaries()
    {
        string[] plain =
        [
            "Abs", "Ceil", "Celu", "Cos", "Dropout", "Elu", "Erf", "Exp", "Floor", "HardSigmoid", "HardSwish", "Identity", "LeakyRelu",
            "Neg", "Reciprocal", "Relu", "Round", "Selu", "Sigmoid", "Sign", "Sin", "Softplus", "Softsign", "Tanh", "ThresholdedRelu",
        ];
        foreach (var op in plain)
        {
            yield return Make(op, 15, op, 2 + 4 + 3, [Random(2, 4, 3)]);
        }

        yield return Make("Sqrt", 13, "Sqrt", 2 + 4, [Positive(2, 4)]);
        yield return Make("Log", 13, "Log", 2 + 4, [Positive(2, 4)]);
        yield return Make("Gelu", 20, "Gelu", 2 + 4, [Random(2, 4)]);
        yield return Make("Mish", 18, "Mish", 2 + 4, [Random(2, 4)]);
        yield return Make("Cast", 13, "Cast", 2 + 4, [Random(2, 4)], ("to", new AttributeValue.Int(1)));
        yield return Make("Clip by inputs", 13, "Clip", 2 + 4, [Random(2, 4), Scalar(-0.5f), Scalar(0.5f)]);
        yield return Make("Clip by attributes", 6, "Clip", 2 + 4, [Random(2, 4)], ("min", new AttributeValue.Float(0)), ("max", new AttributeValue.Float(0.5f)));
        yield return Make("Clip by one input", 13, "Clip", 2 + 4, [Random(2, 4), null, Scalar(0.5f)]);
    }

    private static IEnumerable<OperatorCase> Broadcasts()
    {
        foreach (var op in new[] { "Add", "Div", "Max", "Mean", "Min", "Mul", "Sub", "Sum" })
        {
            yield return Make(op, 13, op, 2 + 4 + 3, [Positive(2, 4, 3), Positive(2, 4, 3)]);
            yield return Make($"{op} broadcast", 13, op, 2 + 4 + 3, [Positive(2, 4, 3), Positive(4, 1)]);
        }

        yield return Make("Add both broadcast", 13, "Add", 2 + 4 + 3, [Random(2, 4, 1), Random(1, 4, 3)]);
        yield return Make("Add of a scalar", 13, "Add", 2 + 4, [Random(2, 4), Scalar(1)]);
        yield return Make("Pow", 13, "Pow", 2 + 4, [Positive(2, 4), Positive(4)]);
        yield return Make("PRelu", 13, "PRelu", 2 + 4 + 3, [Random(2, 4, 3), Random(4, 1)]);
    }

    private static IEnumerable<OperatorCase> Pools()
    {
        var kernel = ("kernel_shape", (AttributeValue)Ints(2, 2));
        yield return Make("MaxPool", 12, "MaxPool", 2 + 4, [Random(2, 4, 6, 6)], kernel);
        yield return Make("AveragePool", 11, "AveragePool", 2 + 4, [Random(2, 4, 6, 6)], kernel, ("pads", Ints(1, 0, 0, 1)));
        yield return Make("LpPool", 18, "LpPool", 2 + 4, [Random(2, 4, 6, 6)], kernel);
        yield return Make("GlobalAveragePool", 13, "GlobalAveragePool", 2 + 4, [Random(2, 4, 6, 6)]);
        yield return Make("GlobalMaxPool", 13, "GlobalMaxPool", 2 + 4, [Random(2, 4, 6)]);
        yield return Make("GlobalLpPool", 13, "GlobalLpPool", 2 + 4, [Random(2, 4, 6, 6)]);
    }

    private static IEnumerable<OperatorCase> Reshapings()
    {
        yield return Make("Flatten", 13, "Flatten", 2 + 4 + 3, [Random(2, 4, 3)]);
        yield return Make("Flatten of pooled", 13, "Flatten", 2 + 4, [Random(2, 4, 1, 1)]);
        yield return Make("Transpose", 13, "Transpose", 2 + 4 + 3, [Random(2, 4, 3)], ("perm", Ints(1, 2, 0)));
        yield return Make("Reshape joins", 13, "Reshape", 2 + 4 + 3, [Random(2, 4, 3), Sizes(2, 12)]);
        yield return Make("Reshape joins the rest", 13, "Reshape", 2 + 4 + 3, [Random(2, 4, 3), Sizes(0, -1)]);
        yield return Make("Reshape splits", 13, "Reshape", 2 + 4 + 3, [Random(2, 12), Sizes(2, 4, 3)]);
        yield return Make("Reshape keeps", 5, "Reshape", 2 + 4, [Random(2, 4, 1, 1), Sizes(2, 4)]);
        yield return Make("Reshape across channels", 13, "Reshape", 2, [Random(2, 4, 6), Sizes(2, 6, 4)]);
        yield return Make("Squeeze", 13, "Squeeze", 2 + 4, [Random(2, 4, 1, 1), Sizes(2, 3)]);
        yield return Make("Squeeze by attribute", 11, "Squeeze", 2 + 4, [Random(2, 4, 1)], ("axes", Ints(2)));
        yield return Make("Unsqueeze", 13, "Unsqueeze", 2 + 4, [Random(2, 4), Sizes(1)]);
        yield return Make("Unsqueeze by attribute", 11, "Unsqueeze", 2 + 4, [Random(2, 4)], ("axes", Ints(0)));
    }

    private static IEnumerable<OperatorCase> Others()
    {
        yield return Make("Concat", 13, "Concat", 2 + 4 + 6 + 3, [Random(2, 4, 3), Random(2, 6, 3)], ("axis", new AttributeValue.Int(1)));
        yield return Make("Concat from the end", 13, "Concat", 2 + 4 + 3 + 2, [Random(2, 4, 3), Random(2, 4, 2)], ("axis", new AttributeValue.Int(-1)));
        yield return Make("Constant", 13, "Constant", 2 + 4, [], ("value", new AttributeValue.Tensor(Random(2, 4))));
    }

    private static OperatorCase Make(
        string name, int opset, string opType, int channels, TensorData?[] inputs, params (string Name, AttributeValue Value)[] attributes) =>
        new(
            name,
            opset,
            new Node
            {
                Name = "node",
                OpType = opType,
                Inputs = [.. inputs.Select((tensor, i) => tensor is null ? "" : $"x{i}")],
                Outputs = ["y0"],
                Attributes = attributes.ToImmutableSortedDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal),
            },
            [.. inputs],
            channels);

    private static AttributeValue.Ints Ints(params long[] values) => new([.. values]);

    private static TensorData Sizes(params long[] values) => TensorData.From([values.Length], values);

    private static TensorData Scalar(float value) => TensorData.From([], [value]);

    private static TensorData Positive(params int[] shape) => Fill(shape, random => 0.5f + random.NextSingle());

    private static TensorData Random(params int[] shape) => Fill(shape, random => (2 * random.NextSingle()) - 1);

    private static TensorData Fill(int[] shape, Func<SplitMix, float> draw)
    {
        var random = new SplitMix(shape.Length, string.Join(',', shape));
        var values = new float[shape.Aggregate(1, (count, extent) => count * extent)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = draw(random);
        }

        return TensorData.From([.. shape], values);
    }
}
