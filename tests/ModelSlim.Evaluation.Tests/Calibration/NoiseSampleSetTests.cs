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
    public void Each_channel_fills_the_range_of_its_preprocessing(ImageLayout layout)
    {
        using var set = Make(layout);

        var values = set.Read([0]).Inputs[0];

        for (var channel = 0; channel < 3; channel++)
        {
            var own = Enumerable.Range(0, 80).Select(place => values[layout == ImageLayout.Nhwc ? (place * 3) + channel : (channel * 80) + place]).ToArray();
            Assert.Equal(-Preprocess.Mean[channel] / Preprocess.Std[channel], own.Min(), 1e-5);
            Assert.Equal((1 - Preprocess.Mean[channel]) / Preprocess.Std[channel], own.Max(), 1e-5);
        }
    }

    [Fact]
    public void Neighbours_are_alike()
    {
        using var set = new NoiseSampleSet(8, [[1, 32, 32]], new PreprocessSpec(), 1);

        var values = set.Read([0]).Inputs[0];

        var step = Enumerable.Range(0, 1023).Where(i => i % 32 != 31).Average(i => Math.Abs(values[i + 1] - values[i]));
        Assert.InRange(step, 0.001, 0.1);
    }

    private static NoiseSampleSet Make(ImageLayout layout, long seed = 1) => new(
        16, layout == ImageLayout.Nchw ? [[3, 8, 10]] : [[8, 10, 3]], Preprocess with { Layout = layout }, seed);
}
