using ModelSlim.Core.Graphs;
using static ModelSlim.Evaluation.Tests.Conformance.OperatorCaseBuilder;

namespace ModelSlim.Evaluation.Tests.Conformance;

/// <summary>Cases for every operator of the catalog.</summary>
internal static class OperatorCases
{
    public static IEnumerable<OperatorCase> All() =>
    [
        .. Convolutions(), .. Normalizations(), .. Products(), .. Unaries(), .. Broadcasts(), .. Pools(), .. Others(),
        .. MovementCases.All(), .. TransposedConvolutionCases.All(), .. ProductCases.All(), .. NormalizationCases.All(),
        .. ReductionCases.All(), .. ElementwiseCases.All(), .. RegionCases.All(), .. RecurrentCases.All(), .. AttentionCases.All(),
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
        yield return Make("Conv auto_pad", 13, "Conv", 2 + 4 + 6, [Random(2, 4, 6, 6), Random(6, 4, 3, 3), Random(6)], ("auto_pad", Text("SAME_UPPER")));
        yield return Make("Conv depthwise", 13, "Conv", 2 + 6, [Random(2, 6, 5, 5), Random(6, 1, 3, 3), Random(6)], ("group", Int(6)));
        yield return Make("Conv depthwise with multiplier", 13, "Conv", 2 + 3 + 2, [Random(2, 3, 5, 5), Random(6, 1, 3, 3), Random(6)], ("group", Int(3)));
        yield return Make("Conv grouped", 13, "Conv", 2 + 2 + 4 + 3, [Random(2, 8, 5, 5), Random(6, 4, 3, 3), Random(6)], ("group", Int(2)));
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
        yield return Make("Gemm transposed", 13, "Gemm", 2 + 4 + 3, [Random(4, 2), Random(3, 4), Random(2, 3)], ("transA", Int(1)), ("transB", Int(1)), ("alpha", new AttributeValue.Float(0.5f)));
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
        yield return Make("Cast", 13, "Cast", 2 + 4, [Random(2, 4)], ("to", Int(1)));
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

    private static IEnumerable<OperatorCase> Others()
    {
        yield return Make("Constant", 13, "Constant", 2 + 4, [], ("value", new AttributeValue.Tensor(Random(2, 4))));
    }
}
