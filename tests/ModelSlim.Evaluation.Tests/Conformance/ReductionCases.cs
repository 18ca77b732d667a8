using static ModelSlim.Evaluation.Tests.Conformance.OperatorCaseBuilder;

namespace ModelSlim.Evaluation.Tests.Conformance;

/// <summary>Cases of reductions, and of what goes over an axis: Softmax, CumSum, ArgMax, TopK.</summary>
internal static class ReductionCases
{
    private static readonly string[] Sums = ["ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceSum", "ReduceSumSquare"];
    private static readonly string[] Typical = ["ReduceMax", "ReduceMean", "ReduceMin"];
    private static readonly string[] Others = ["ReduceLogSumExp", "ReduceProd"];

    public static IEnumerable<OperatorCase> All() => [.. Reductions(), .. OverAnAxis()];

    private static IEnumerable<OperatorCase> Reductions()
    {
        // X [2, 4, 3]: where it is summed over, an axis can be cut as well.
        foreach (var op in Sums.Concat(Typical))
        {
            yield return Make($"{op} by attribute", 11, op, 2 + 4 + 3, [Positive(2, 4, 3)], ("axes", Ints(1)));
            yield return Make($"{op} by attribute, dropped", 11, op, 2 + 4 + 3, [Positive(2, 4, 3)], ("axes", Ints(-2)), ("keepdims", Int(0)));
            yield return Make($"{op} by input", 18, op, 2 + 4 + 3, [Positive(2, 4, 3), Sizes(1, -1)]);
            yield return Make($"{op} by input, dropped", 18, op, 2 + 4 + 3, [Positive(2, 4, 3), Sizes(0)], ("keepdims", Int(0)));
            yield return Make($"{op} of all", 13, op, 2 + 4 + 3, [Positive(2, 4, 3)]);
            yield return Make($"{op} of none", 18, op, 2 + 4 + 3, [Positive(2, 4, 3), Sizes()], ("noop_with_empty_axes", Int(1)));
        }

        foreach (var op in Others)
        {
            yield return Make($"{op} by attribute", 11, op, 2 + 3, [Positive(2, 4, 3)], ("axes", Ints(1)));
            yield return Make($"{op} by input", 18, op, 2, [Positive(2, 4, 3), Sizes(1, 2)], ("keepdims", Int(0)));
        }

        yield return Make("ReduceSum by input before the others", 13, "ReduceSum", 2 + 4 + 3, [Positive(2, 4, 3), Sizes(1)]);
    }

    private static IEnumerable<OperatorCase> OverAnAxis()
    {
        foreach (var op in new[] { "Hardmax", "LogSoftmax", "Softmax" })
        {
            yield return Make($"{op} of one axis", 13, op, 2 + 4, [Random(2, 4, 3)]);
            yield return Make($"{op} of a middle axis", 13, op, 2 + 3, [Random(2, 4, 3)], ("axis", Int(1)));
            yield return Make($"{op} of all axes from one on", 11, op, 2, [Random(2, 4, 3)]);
            yield return Make($"{op} of all axes from the last on", 6, op, 2 + 4, [Random(2, 4, 3)], ("axis", Int(2)));
        }

        foreach (var op in new[] { "ArgMax", "ArgMin" })
        {
            yield return Make(op, 13, op, 2 + 3, [Random(2, 4, 3)], ("axis", Int(1)));
            yield return Make($"{op} dropped", 11, op, 2 + 4, [Random(2, 4, 3)], ("axis", Int(-1)), ("keepdims", Int(0)));
        }

        yield return MakeMany("TopK", 11, "TopK", 2, 2 + 4, [Random(2, 4, 3), Sizes(2)]);
        yield return MakeMany("TopK by attribute", 9, "TopK", 2, 2 + 3, [Random(2, 4, 3)], ("axis", Int(1)), ("k", Int(2)));
        yield return Make("CumSum", 14, "CumSum", 2 + 4 + 3, [Random(2, 4, 3), Size(1)]);
        yield return Make("CumSum from the end", 11, "CumSum", 2 + 4 + 3, [Random(2, 4, 3), Size(-1)], ("reverse", Int(1)), ("exclusive", Int(1)));
    }
}
