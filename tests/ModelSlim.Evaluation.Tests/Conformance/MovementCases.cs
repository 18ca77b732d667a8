using static ModelSlim.Evaluation.Tests.Conformance.OperatorCaseBuilder;

namespace ModelSlim.Evaluation.Tests.Conformance;

/// <summary>Cases for the operators that move data or compute with shapes.</summary>
internal static class MovementCases
{
    public static IEnumerable<OperatorCase> All() => [.. Reshapings(), .. Joins()];

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

    private static IEnumerable<OperatorCase> Joins()
    {
        yield return Make("Concat", 13, "Concat", 2 + 4 + 6 + 3, [Random(2, 4, 3), Random(2, 6, 3)], ("axis", Int(1)));
        yield return Make("Concat from the end", 13, "Concat", 2 + 4 + 3 + 2, [Random(2, 4, 3), Random(2, 4, 2)], ("axis", Int(-1)));
    }
}
