using Key = ModelSlim.Core.Recipes.Keys.RecipeKey<ModelSlim.Core.Recipes.AugmentSpec>;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>Keys of section <c>finetune.augment</c>.</summary>
internal static class AugmentKeys
{
    /// <summary>The section.</summary>
    public static SectionKind<AugmentSpec> Section { get; } = new(
        new AugmentSpec(),
        Key.Of(
            "crop",
            new IntegerKind<int>(0, 1024),
            augment => augment.Crop,
            (augment, value) => augment with { Crop = value },
            "Pixels by which a picture is moved at the most, in either direction; its edges fill what comes free."),
        Key.Of(
            "flip",
            new BooleanKind(),
            augment => augment.Flip,
            (augment, value) => augment with { Flip = value },
            "Mirror pictures left to right, each with a chance of one half."));
}
