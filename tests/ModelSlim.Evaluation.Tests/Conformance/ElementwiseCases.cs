using ModelSlim.Core.Tensors;
using static ModelSlim.Evaluation.Tests.Conformance.OperatorCaseBuilder;

namespace ModelSlim.Evaluation.Tests.Conformance;

/// <summary>Cases of operators that each element goes through by itself.</summary>
internal static class ElementwiseCases
{
    public static IEnumerable<OperatorCase> All() => [.. Unaries(), .. Comparisons(), .. Integers(), .. Fusions()];

    private static IEnumerable<OperatorCase> Unaries()
    {
        foreach (var op in new[] { "Acos", "Asin", "Asinh", "Atan", "Atanh", "Cosh", "IsInf", "IsNaN", "Shrink", "Sinh", "Tan" })
        {
            yield return Make(op, 13, op, 2 + 4 + 3, [Random(2, 4, 3)]);
        }

        foreach (var op in new[] { "Affine", "ParametricSoftplus", "ScaledTanh" })
        {
            yield return Make(op, 7, op, 2 + 4 + 3, [Random(2, 4, 3)], ("alpha", Real(0.7f)), ("beta", Real(1.3f)));
        }

        yield return Make("Acosh", 13, "Acosh", 2 + 4, [Add(Positive(2, 4), 1)]);
        yield return Make("Swish", 24, "Swish", 2 + 4, [Random(2, 4)]);
        yield return Make("Not", 13, "Not", 0, [Flags(2, 4)]);
        yield return Make("BitwiseNot", 18, "BitwiseNot", 0, [Whole(7, 2, 4)]);
        yield return Make("CastLike", 15, "CastLike", 2 + 4 + 3 + 5, [Random(2, 4), Random(3, 5)]);
        yield return MakeMany("Dropout with mask", 12, "Dropout", 2, 2 + 4, [Random(2, 4)]);
    }

    private static IEnumerable<OperatorCase> Comparisons()
    {
        foreach (var op in new[] { "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual" })
        {
            yield return Make(op, 16, op, 2 + 4 + 3, [Random(2, 4, 3), Random(4, 1)]);
        }

        foreach (var op in new[] { "And", "Or", "Xor" })
        {
            yield return Make(op, 13, op, 0, [Flags(2, 4, 3), Flags(4, 1)]);
        }

        yield return Make("Where", 16, "Where", 2 + 4 + 3, [Flags(2, 4, 1), Random(4, 3), Random(2, 1, 3)]);
        yield return Make("Where of all shapes alike", 9, "Where", 2 + 4, [Flags(2, 4), Random(2, 4), Random(2, 4)]);
        yield return Make("Mod", 13, "Mod", 2 + 4, [Positive(2, 4), Positive(4)], ("fmod", Int(1)));
        yield return Make("PRelu of one slope", 9, "PRelu", 2 + 4 + 3, [Random(2, 4, 3), Random(1)]);
        yield return Make("PRelu of the last axis", 16, "PRelu", 2 + 4 + 3, [Random(2, 4, 3), Random(3)]);
        foreach (var op in new[] { "Max", "Mean", "Min", "Sum" })
        {
            yield return Make($"{op} of one", 13, op, 2 + 4, [Random(2, 4)]);
            yield return Make($"{op} of three", 8, op, 2 + 4 + 3, [Random(2, 4, 3), Random(4, 1), Random(3)]);
        }
    }

    private static IEnumerable<OperatorCase> Integers()
    {
        foreach (var op in new[] { "BitwiseAnd", "BitwiseOr", "BitwiseXor" })
        {
            yield return Make(op, 18, op, 0, [Whole(7, 2, 4, 3), Whole(5, 4, 1)]);
        }

        yield return Make("BitShift", 11, "BitShift", 2 + 4, [Unsigned(7, 2, 4), Unsigned(3, 4)], ("direction", Text("LEFT")));
    }

    private static IEnumerable<OperatorCase> Fusions()
    {
        yield return MakeFused("BiasGelu", "BiasGelu", 1, 2 + 4, [Random(2, 4), Random(4)]);
        yield return MakeFused("FastGelu", "FastGelu", 1, 2 + 4, [Random(2, 4)]);
        yield return MakeFused("FastGelu with bias", "FastGelu", 1, 2 + 4, [Random(2, 4), Random(4)]);
        yield return MakeFused("Gelu", "Gelu", 1, 2 + 4, [Random(2, 4)]);
        yield return MakeFused("QuickGelu", "QuickGelu", 1, 2 + 4, [Random(2, 4)], ("alpha", Real(1.7f)));
    }

    private static TensorData Add(TensorData tensor, float number) =>
        tensor.WithSingles(Array.ConvertAll(tensor.ToSingles(), value => value + number));

    private static TensorData Unsigned(int below, params int[] shape) =>
        new(ElementType.UInt8, [.. shape], Whole(below, shape).ToInt64s().Select(value => (byte)value).ToArray());
}
