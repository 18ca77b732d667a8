using System.Collections.Immutable;
using Key = ModelSlim.Core.Recipes.Keys.RecipeKey<ModelSlim.Core.Recipes.PreprocessSpec>;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>Keys of section <c>data.preprocess</c>.</summary>
internal static class PreprocessKeys
{
    /// <summary>The section.</summary>
    public static SectionKind<PreprocessSpec> Section { get; } = new(
        new PreprocessSpec(),
        Key.Of(
            "resize",
            new OptionalKind<ImmutableArray<int>>(new ListKind<int>(new IntegerKind<int>(1, 16384), 2, 2)),
            preprocess => preprocess.Resize,
            (preprocess, value) => preprocess with { Resize = value },
            "Height and width that pictures are resized to. Left out: those of the model's input."),
        Key.Of(
            "scale",
            new ScaleKind(),
            preprocess => preprocess.Scale,
            (preprocess, value) => preprocess with { Scale = value },
            "Factor on stored values; `1/255` makes bytes fractions."),
        Key.Of(
            "mean",
            PerChannel(new NumberKind(new NumberRange(-1e9, 1e9))),
            preprocess => preprocess.Mean,
            (preprocess, value) => preprocess with { Mean = value },
            "Subtracted after that; one value, or one a channel."),
        Key.Of(
            "std",
            PerChannel(new NumberKind(new NumberRange(0, 1e9, MinOpen: true))),
            preprocess => preprocess.Std,
            (preprocess, value) => preprocess with { Std = value },
            "Divided by after that; one value, or one a channel."),
        Key.Of(
            "layout",
            new ChoiceKind<ImageLayout>(("NCHW", ImageLayout.Nchw), ("NHWC", ImageLayout.Nhwc)),
            preprocess => preprocess.Layout,
            (preprocess, value) => preprocess with { Layout = value },
            "Order of the axes of the model's input."),
        Key.Of(
            "color",
            new ChoiceKind<ColorOrder>(("RGB", ColorOrder.Rgb), ("BGR", ColorOrder.Bgr), ("gray", ColorOrder.Gray)),
            preprocess => preprocess.Color,
            (preprocess, value) => preprocess with { Color = value },
            "Order of the colour channels of pictures."),
        Key.Of(
            "inputs",
            new OptionalKind<ImmutableArray<string>>(new ListKind<string>(new NameKind(), 1, int.MaxValue) { OrSingle = true }),
            preprocess => preprocess.Inputs,
            (preprocess, value) => preprocess with { Inputs = value },
            "Inputs of the model that this is for; the others get what is stored. Left out: all that take real numbers, or all where none does."))
    {
        Locate = (preprocess, span) => preprocess with { Location = span },
    };

    private static ListKind<double> PerChannel(NumberKind item) => new(item, 1, 4096) { OrSingle = true };
}
