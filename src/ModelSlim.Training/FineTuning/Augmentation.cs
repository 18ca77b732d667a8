using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.FineTuning;

/// <summary>
/// Changes training pictures each time they are seen: moves them by some pixels, which is a random crop of a picture with its edges
/// continued, and mirrors them. What becomes of a picture follows from seed, epoch and its place among the samples alone.
/// </summary>
public sealed class Augmentation
{
    private readonly AugmentSpec spec;
    private readonly long seed;
    private readonly (int Channels, int Height, int Width) size;
    private readonly (int Channel, int Row, int Column) stride;

    /// <summary>Prepares it.</summary>
    /// <param name="spec">What may happen; <see cref="Misfit"/> has nothing against it.</param>
    /// <param name="seed">Seed of the recipe.</param>
    /// <param name="shape">Shape of a picture: [C, H, W], [H, W, C] or [H, W].</param>
    /// <param name="layout">Which of the first two.</param>
    internal Augmentation(AugmentSpec spec, long seed, ImmutableArray<int> shape, ImageLayout layout)
    {
        this.spec = spec;
        this.seed = seed;
        size = SizeOf(shape, layout) ?? throw new ArgumentException("These are no pictures.", nameof(shape));
        stride = shape.Length == 3 && layout == ImageLayout.Nhwc
            ? (1, size.Width * size.Channels, size.Channels)
            : (size.Height * size.Width, size.Width, 1);
    }

    /// <summary>Why training samples cannot be changed so; null where they can.</summary>
    /// <param name="spec">What may happen; null where nothing does.</param>
    /// <param name="shape">Shape of a sample.</param>
    /// <param name="layout">How pictures lie in it.</param>
    /// <returns>MSLIM6105, or null.</returns>
    public static Diagnostic? Misfit(AugmentSpec? spec, ImmutableArray<int> shape, ImageLayout layout)
    {
        if (spec is null or { Crop: 0, Flip: false })
        {
            return null;
        }

        var text = $"[{string.Join(", ", shape)}]";
        return SizeOf(shape, layout) is not { } size
            ? DiagnosticCodes.AugmentUnfit.Says($"finetune.augment changes pictures, but the model's input is {text}; remove it")
            : spec.Crop >= Math.Min(size.Height, size.Width)
                ? DiagnosticCodes.AugmentUnfit.Says(
                    $"finetune.augment.crop is {spec.Crop} pixels, which moves pictures of {size.Height} x {size.Width} out of sight; lower it, or check data.preprocess.layout")
                : null;
    }

    /// <summary>The samples as they are seen in an epoch.</summary>
    /// <param name="batch">The samples as they are stored.</param>
    /// <param name="places">Their places among the training samples.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    internal Batch Of(Batch batch, ReadOnlySpan<int> places, int epoch)
    {
        var length = size.Channels * size.Height * size.Width;
        var stored = batch.Inputs[0];
        var seen = new float[stored.Length];
        for (var sample = 0; sample < places.Length; sample++)
        {
            var random = new SplitMix(seed, $"augment/{epoch}/{places[sample]}");
            var (down, right) = (Move(random), Move(random));
            var mirrored = spec.Flip && random.NextInt(2) == 1;
            Write(stored.AsSpan(sample * length, length), seen.AsSpan(sample * length, length), down, right, mirrored);
        }

        return batch with { Inputs = batch.Inputs.SetItem(0, seen) };
    }

    private int Move(SplitMix random) => spec.Crop == 0 ? 0 : random.NextInt((2 * spec.Crop) + 1) - spec.Crop;

    private void Write(ReadOnlySpan<float> from, Span<float> into, int down, int right, bool mirrored)
    {
        for (var row = 0; row < size.Height; row++)
        {
            var target = row * stride.Row;
            var source = Math.Clamp(row - down, 0, size.Height - 1) * stride.Row;
            for (var column = 0; column < size.Width; column++)
            {
                var seen = mirrored ? size.Width - 1 - column : column;
                var (to, at) = (target + (column * stride.Column), source + (Math.Clamp(seen - right, 0, size.Width - 1) * stride.Column));
                for (var channel = 0; channel < size.Channels; channel++)
                {
                    into[to + (channel * stride.Channel)] = from[at + (channel * stride.Channel)];
                }
            }
        }
    }

    private static (int Channels, int Height, int Width)? SizeOf(ImmutableArray<int> shape, ImageLayout layout) => shape switch
    {
        [var height, var width] => (1, height, width),
        [var a, var b, var c] => layout == ImageLayout.Nchw ? (a, b, c) : (c, a, b),
        _ => null,
    };
}
