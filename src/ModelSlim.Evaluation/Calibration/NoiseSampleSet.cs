using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Calibration;

/// <summary>
/// Stands in for calibration samples where there are none: pictures of nothing (<see cref="DeadLeaves"/>) for inputs of two and
/// three axes, smooth noise for others, in the range that preprocessing gives. Where the recipe says nothing of
/// preprocessing, each sample is in one of the ranges in use: 0 to 1, -1 to 1, or normalized.
/// </summary>
public sealed class NoiseSampleSet : SampleSet
{
    private static readonly ImmutableArray<(float Low, float High)> UsualRanges = [(0, 1), (-1, 1), (-2, 2.5f)];
    private static readonly PreprocessSpec Unsaid = new();

    private readonly PreprocessSpec preprocess;
    private readonly long seed;

    /// <summary>Makes a set.</summary>
    /// <param name="count">Number of samples.</param>
    /// <param name="shapes">Shape of one sample for each model input, without the axis of samples where the model has one.</param>
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

    /// <summary>For each input, whether a sample is all of it; empty where all inputs have an axis of samples.</summary>
    public ImmutableArray<bool> Whole { get; init; } = [];

    /// <inheritdoc/>
    public override bool IsWhole(int input) => input < Whole.Length && Whole[input];

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
        var planes = shape.Length is 2 or 3
            ? new DeadLeaves(channels, height, width, random).Paint()
            : [.. Enumerable.Range(0, channels).Select(_ => SmoothNoise.Draw(height, width, random))];
        var usual = UsualRanges[random.NextInt(UsualRanges.Length)];
        for (var channel = 0; channel < channels; channel++)
        {
            var (low, high) = Says(preprocess) ? Range(channel) : usual;
            for (var place = 0; place < planes[channel].Length; place++)
            {
                values[picture && last ? (place * channels) + channel : (channel * planes[channel].Length) + place] =
                    low + ((high - low) * planes[channel][place]);
            }
        }
    }

    private static bool Says(PreprocessSpec preprocess) =>
        preprocess.Scale != Unsaid.Scale || !preprocess.Mean.SequenceEqual(Unsaid.Mean) || !preprocess.Std.SequenceEqual(Unsaid.Std);

    // Stored values are taken to be fractions once they are scaled.
    private (float Low, float High) Range(int channel)
    {
        var mean = preprocess.Mean[Math.Min(channel, preprocess.Mean.Length - 1)];
        var std = preprocess.Std[Math.Min(channel, preprocess.Std.Length - 1)];
        return ((float)(-mean / std), (float)((1 - mean) / std));
    }
}
