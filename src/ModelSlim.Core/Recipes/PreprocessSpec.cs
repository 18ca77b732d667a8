using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Recipes;

/// <summary>Section <c>data.preprocess</c>: value = (stored * scale - mean) / std.</summary>
public sealed record PreprocessSpec
{
    /// <summary>Size [height, width] that pictures are resized to; null means the size of the model's input.</summary>
    public ImmutableArray<int>? Resize { get; init; }

    /// <summary>Factor on stored values; 1/255 makes bytes fractions.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Subtracted after scaling, one value or one a channel.</summary>
    public ImmutableArray<double> Mean { get; init; } = [0];

    /// <summary>Divided by after that, one value or one a channel.</summary>
    public ImmutableArray<double> Std { get; init; } = [1];

    /// <summary>Order of the axes of the model's input.</summary>
    public ImageLayout Layout { get; init; } = ImageLayout.Nchw;

    /// <summary>Order of the colour channels.</summary>
    public ColorOrder Color { get; init; } = ColorOrder.Rgb;

    /// <summary>Names of the model inputs that this is for; null means all that take real numbers, or all where none does.</summary>
    public ImmutableArray<string>? Inputs { get; init; }

    /// <summary>Where prune.yaml has it; null where it says nothing.</summary>
    public SourceSpan? Location { get; init; }
}
