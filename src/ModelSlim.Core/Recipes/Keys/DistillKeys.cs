using Key = ModelSlim.Core.Recipes.Keys.RecipeKey<ModelSlim.Core.Recipes.DistillSpec>;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>Keys of section <c>finetune.distill</c>.</summary>
internal static class DistillKeys
{
    /// <summary>The section.</summary>
    public static SectionKind<DistillSpec> Section { get; } = new(
        new DistillSpec(),
        Key.Of(
            "temperature",
            new NumberKind(new NumberRange(0, 1000, MinOpen: true)),
            distill => distill.Temperature,
            (distill, value) => distill with { Temperature = value },
            "Temperature of both softmaxes."),
        Key.Of(
            "weight",
            new FractionKind(zero: true, one: true),
            distill => distill.Weight,
            (distill, value) => distill with { Weight = value },
            "Part of the distillation loss; the rest is cross-entropy with the labels."),
        Key.Of(
            "features",
            new NumberKind(new NumberRange(0, 1000)),
            distill => distill.Features,
            (distill, value) => distill with { Features = value },
            "Weight of what differs inside the networks, added to the loss: values before some layers, or, where the slim network is narrower, where "
            + "in space they are strong. 0: outputs alone are compared."));
}
