using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Calibration;

namespace ModelSlim.Evaluation.Tests.Calibration;

public sealed class NoiseSampleSetTests
{
    private static readonly PreprocessSpec Preprocess = new() { Mean = [0.25, 0.5, 0.75], Std = [0.5, 1, 2] };

    [Fact]
    public void A_sample_is_the_same_wherever_it_is_read()
    {
        using var set = Make(ImageLayout.Nchw);

        var together = set.Read([4, 7, 4]).Inputs[0];
        var alone = set.Read([7]).Inputs[0];

        Assert.Equal(alone, together[alone.Length..(2 * alone.Length)]);
        Assert.Equal(together[..alone.Length], together[(2 * alone.Length)..]);
        Assert.NotEqual(together[..alone.Length], alone);
    }

    [Fact]
    public void Another_seed_gives_other_samples()
    {
        using var one = Make(ImageLayout.Nchw, seed: 1);
        using var other = Make(ImageLayout.Nchw, seed: 2);

        Assert.NotEqual(one.Read([0]).Inputs[0], other.Read([0]).Inputs[0]);
    }

    [Theory]
    [InlineData(ImageLayout.Nchw)]
    [InlineData(ImageLayout.Nhwc)]
    public void Each_channel_keeps_to_the_range_of_its_preprocessing(ImageLayout layout)
    {
        using var set = Make(layout);

        var values = set.Read([.. Enumerable.Range(0, 16)]).Inputs[0];

        for (var channel = 0; channel < 3; channel++)
        {
            var own = Enumerable.Range(0, 16 * 80)
                .Select(place => values[layout == ImageLayout.Nhwc ? (place * 3) + channel : (place / 80 * 240) + (channel * 80) + (place % 80)]).ToArray();
            var (low, high) = (-Preprocess.Mean[channel] / Preprocess.Std[channel], (1 - Preprocess.Mean[channel]) / Preprocess.Std[channel]);
            Assert.Equal(low, own.Min(), 1e-5);
            Assert.InRange(own.Max(), low + (0.9 * (high - low)), high + 1e-5);
        }
    }

    [Fact]
    public void Without_preprocessing_samples_are_in_all_usual_ranges()
    {
        using var set = new NoiseSampleSet(64, [[1, 16, 16]], new PreprocessSpec(), 1);

        var lows = Enumerable.Range(0, 64).Select(sample => set.Read([sample]).Inputs[0].Min()).ToArray();

        Assert.Contains(lows, low => low is >= 0);
        Assert.Contains(lows, low => low is < -0.5f and >= -1);
        Assert.Contains(lows, low => low is < -1.5f);
        Assert.All(lows, low => Assert.InRange(low, -2, 2.5f));
    }

    [Fact]
    public void Pictures_have_flat_parts_and_edges()
    {
        using var set = new NoiseSampleSet(8, [[1, 32, 32]], new PreprocessSpec { Scale = 1 / 255.0 }, 1);

        var steps = set.Read([.. Enumerable.Range(0, 8)]).Inputs[0].Chunk(32)
            .SelectMany(row => row.Zip(row.Skip(1), (left, right) => Math.Abs(right - left))).ToArray();

        Assert.InRange(steps.Count(step => step < 0.02) / (double)steps.Length, 0.5, 0.99);
        Assert.InRange(steps.Count(step => step > 0.2), 8, steps.Length);
    }

    [Fact]
    public void Inputs_of_one_axis_get_smooth_noise()
    {
        using var set = new NoiseSampleSet(4, [[1024]], new PreprocessSpec { Scale = 1 / 255.0 }, 1);

        var values = set.Read([0]).Inputs[0];

        Assert.InRange(values.Zip(values.Skip(1), (left, right) => Math.Abs(right - left)).Max(), 1e-4, 0.05);
    }

    private static NoiseSampleSet Make(ImageLayout layout, long seed = 1) => new(
        16, layout == ImageLayout.Nchw ? [[3, 8, 10]] : [[8, 10, 3]], Preprocess with { Layout = layout }, seed);
}
