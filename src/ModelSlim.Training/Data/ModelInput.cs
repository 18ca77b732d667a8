using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Data;

/// <summary>What the model wants of one sample, checked against <c>data.preprocess</c>.</summary>
internal sealed record ModelInput
{
    private ModelInput(SampleInput input, PreprocessSpec preprocess)
    {
        Input = input;
        Preprocess = preprocess;
        var shape = input.Shape;
        var first = preprocess.Layout == ImageLayout.Nchw;
        (Channels, Height, Width) = shape switch
        {
            [var a, var b, var c] => first ? (a, b, c) : (c, a, b),
            [var a, var b] => (1, a, b),
            _ => (1, 1, checked((int)TensorData.Count(shape))),
        };
    }

    /// <summary>Name, element type and shape.</summary>
    public SampleInput Input { get; }

    /// <summary>Shape of one sample without the batch axis.</summary>
    public ImmutableArray<int> Shape => Input.Shape;

    /// <summary>From file to model input.</summary>
    public PreprocessSpec Preprocess { get; }

    /// <summary>Channels; 1 where the input is not a picture.</summary>
    public int Channels { get; }

    /// <summary>Rows; 1 where the input is not a picture.</summary>
    public int Height { get; }

    /// <summary>Columns; all elements where the input is not a picture.</summary>
    public int Width { get; }

    /// <summary>True where the input has rows and columns.</summary>
    public bool IsPicture => Shape.Length is 2 or 3;

    /// <summary>Elements of one sample.</summary>
    public int Length => Channels * Height * Width;

    /// <summary>Checks the preprocessing against an input.</summary>
    /// <param name="wanted">The input. Shape [C, H, W], [H, W, C], [H, W], or anything else for plain arrays.</param>
    /// <param name="preprocess">Section <c>data.preprocess</c>.</param>
    public static Result<ModelInput> From(SampleInput wanted, PreprocessSpec preprocess)
    {
        var input = new ModelInput(wanted, preprocess);
        var text = $"'{wanted.Name}' [{string.Join(", ", wanted.Shape)}]";
        Diagnostic Mismatch(string message) => DiagnosticCodes.PreprocessMismatch.At(preprocess.Location, message);

        foreach (var (name, values) in new[] { ("mean", preprocess.Mean), ("std", preprocess.Std) })
        {
            if (values.Length != 1 && values.Length != input.Channels)
            {
                return Mismatch(
                    $"data.preprocess.{name} has {values.Length} values, but the model's input {text} has {input.Channels} " +
                    "channels; give one value, or one for each channel.");
            }
        }

        if (preprocess.Std.Contains(0))
        {
            return Mismatch("data.preprocess.std contains 0, and values are divided by it.");
        }

        if (preprocess.Color == ColorOrder.Gray && input.Channels != 1)
        {
            return Mismatch($"data.preprocess.color is gray, but the model's input {text} has {input.Channels} channels.");
        }

        return preprocess.Resize is [var height, var width] && (height, width) != (input.Height, input.Width)
            ? Mismatch(
                $"data.preprocess.resize is [{height}, {width}], but the model's input {text} takes pictures of " +
                $"[{input.Height}, {input.Width}] in the layout {preprocess.Layout.ToString().ToUpperInvariant()}.")
            : input;
    }
}
