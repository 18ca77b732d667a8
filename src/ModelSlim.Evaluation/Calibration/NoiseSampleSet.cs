using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Calibration;

/// <summary>
/// Stands in for calibration samples where there are none: smooth random pictures in the range that preprocessing gives.
/// Blobs of several sizes resemble real pictures enough for least squares; white noise does not.
/// </summary>
public sealed class NoiseSampleSet : SampleSet
{
    private static readonly ImmutableArray<int> Grids = [3, 5, 9];

    private readonly PreprocessSpec preprocess;
    private readonly long seed;

    /// <summary>Makes a set.</summary>
    /// <param name="count">Number of samples.</param>
    /// <param name="shapes">Shape of one sample for each model input, without the batch axis.</param>
    /// <param name="preprocess">Layout, mean and std of the values.</param>
    /// <param name="seed">Same seed, same samples.</param>
    public NoiseSampleSet(int count, ImmutableArray<ImmutableArray<int>> shapes, PreprocessSpec preprocess, long seed)
    {
        Count = count;
        Shapes = shapes;
        this.preprocess = preprocess;
        this.seed = seed;
    }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<int>> Shapes { get; }

    /// <inheritdoc/>
    public override bool HasLabels => false;

    /// <inheritdoc/>
    public override Batch Read(ReadOnlySpan<int> indices)
    {
        var inputs = ImmutableArray.CreateBuilder<float[]>(Shapes.Length);
        for (var input = 0; input < Shapes.Length; input++)
        {
            var width = (int)TensorData.Count(Shapes[input]);
            var values = new float[indices.Length * width];
            for (var i = 0; i < indices.Length; i++)
            {
                Fill(values.AsSpan(i * width, width), Shapes[input], new SplitMix(seed, $"noise/{input}/{indices[i]}"));
            }

            inputs.Add(values);
        }

        return new Batch(indices.Length, inputs.MoveToImmutable(), []);
    }

    private void Fill(Span<float> values, ImmutableArray<int> shape, SplitMix random)
    {
        var picture = shape.Length == 3;
        var last = preprocess.Layout == ImageLayout.Nhwc;
        var (channels, height, width) = shape switch
        {
            [var c, var h, var w] when !last => (c, h, w),
            [var h, var w, var c] => (c, h, w),
            [var h, var w] => (1, h, w),
            _ => (1, 1, values.Length),
        };
        for (var channel = 0; channel < channels; channel++)
        {
            var plane = Plane(height, width, random);
            var (low, high) = Range(channel);
            for (var place = 0; place < plane.Length; place++)
            {
                values[picture && last ? (place * channels) + channel : (channel * plane.Length) + place] =
                    low + ((high - low) * plane[place]);
            }
        }
    }

    // From 0 to 1: grids of random numbers, finer ones weaker, drawn large and stretched to the full range.
    private static float[] Plane(int height, int width, SplitMix random)
    {
        var plane = new float[height * width];
        foreach (var grid in Grids)
        {
            var knots = new float[(grid + 1) * (grid + 1)];
            for (var i = 0; i < knots.Length; i++)
            {
                knots[i] = random.NextSingle() / grid;
            }

            for (var place = 0; place < plane.Length; place++)
            {
                plane[place] += Interpolate(knots, grid, (float)(place / width) / height * grid, (float)(place % width) / width * grid);
            }
        }

        var (low, high) = (plane.Min(), plane.Max());
        for (var place = 0; place < plane.Length; place++)
        {
            plane[place] = high > low ? (plane[place] - low) / (high - low) : 0.5f;
        }

        return plane;
    }

    private static float Interpolate(float[] knots, int grid, float y, float x)
    {
        var (row, column) = ((int)y, (int)x);
        var (down, right) = (y - row, x - column);
        var first = (row * (grid + 1)) + column;
        var upper = knots[first] + (right * (knots[first + 1] - knots[first]));
        var lower = knots[first + grid + 1] + (right * (knots[first + grid + 2] - knots[first + grid + 1]));
        return upper + (down * (lower - upper));
    }

    // Stored values are taken to be fractions once they are scaled.
    private (float Low, float High) Range(int channel)
    {
        var mean = preprocess.Mean[Math.Min(channel, preprocess.Mean.Length - 1)];
        var std = preprocess.Std[Math.Min(channel, preprocess.Std.Length - 1)];
        return ((float)(-mean / std), (float)((1 - mean) / std));
    }
}
