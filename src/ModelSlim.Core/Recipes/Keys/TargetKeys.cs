using Key = ModelSlim.Core.Recipes.Keys.RecipeKey<ModelSlim.Core.Recipes.TargetSpec>;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>Keys of section <c>target</c>.</summary>
internal static class TargetKeys
{
    /// <summary>The section.</summary>
    public static SectionKind<TargetSpec> Section { get; } = new(
        new TargetSpec(),
        Key.Of(
            "macs",
            new OptionalKind<double>(new FractionKind(zero: false, one: true)),
            target => target.Macs,
            (target, value) => target with { Macs = value },
            "Largest number of multiply-accumulates, of the original's."),
        Key.Of(
            "params",
            new OptionalKind<double>(new FractionKind(zero: false, one: true)),
            target => target.Params,
            (target, value) => target with { Params = value },
            "Largest number of parameters, of the original's."))
    {
        AnyOf = ["macs", "params"],
        Planned = ["size", "latency"],
        Locate = (target, span) => target with { Location = span },
    };
}
