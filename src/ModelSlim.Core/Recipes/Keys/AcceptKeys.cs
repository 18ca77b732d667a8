using Key = ModelSlim.Core.Recipes.Keys.RecipeKey<ModelSlim.Core.Recipes.AcceptSpec>;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>Keys of section <c>accept</c>.</summary>
internal static class AcceptKeys
{
    /// <summary>The section.</summary>
    public static SectionKind<AcceptSpec> Section { get; } = new(
        new AcceptSpec(),
        Key.Of(
            "metric",
            new ChoiceKind<Metric>(
                ("accuracy", Metric.Accuracy), ("top5", Metric.Top5), ("mse", Metric.Mse), ("agreement", Metric.Agreement)),
            accept => accept.Metric,
            (accept, value) => accept with { Metric = value },
            "What is measured. `agreement` and `mse` compare with the original and need no labels."),
        Key.Of(
            "max_drop",
            new OptionalKind<double>(new FractionKind(zero: true, one: true)),
            accept => accept.MaxDrop,
            (accept, value) => accept with { MaxDrop = value },
            "Largest loss of the metric against the original; `1%` is one point. Exits of `method: dynamic` are chosen by it, by 0.5% where it "
                + "is left out."),
        Key.Of(
            "min_speedup",
            new OptionalKind<double>(new NumberKind(new NumberRange(0, 1000, MinOpen: true))),
            accept => accept.MinSpeedup,
            (accept, value) => accept with { MinSpeedup = value },
            "Least speed-up in ONNX Runtime on this machine. Where it is left out, a slim model that is slower than the original is refused."),
        Key.Of(
            "on_fail",
            new ChoiceKind<OnFail>(("error", OnFail.Error), ("warn-and-keep-original", OnFail.WarnAndKeepOriginal)),
            accept => accept.OnFail,
            (accept, value) => accept with { OnFail = value },
            "What happens when a gate does not hold."))
    {
        Locate = (accept, span) => accept with { Location = span },
    };
}
