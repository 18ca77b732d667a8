using ModelSlim.Core.Recipes;
using ModelSlim.Training.FineTuning;

namespace ModelSlim.Training.Tests.FineTuning;

public sealed class HoldOutTests
{
    private static readonly FineTuneSpec Three = new() { Epochs = 3 };

    [Theory]
    [InlineData(60_000, 1200)]
    [InlineData(1_000_000, 2048)]
    [InlineData(5_000, 256)]
    [InlineData(2_560, 256)]
    [InlineData(2_559, 0)]
    public void Two_percent_are_held_out_where_there_are_enough(int samples, int expected) =>
        Assert.Equal(expected, HoldOut.Of(Three, samples).HeldOut.Length);

    [Fact]
    public void A_single_epoch_trains_on_everything_unless_there_is_a_choice()
    {
        var one = Three with { Epochs = 1 };
        Assert.Empty(HoldOut.Of(one, 60_000).HeldOut);
        Assert.Equal(60_000, HoldOut.Of(one, 60_000).Train.Length);
        Assert.Equal(1200, HoldOut.Of(one with { Ema = 0.99 }, 60_000).HeldOut.Length);
    }

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(0.1, 10)]
    [InlineData(0.001, 1)]
    [InlineData(0.9999, 99)]
    public void What_the_recipe_says_is_done(double share, int expected) =>
        Assert.Equal(expected, HoldOut.Of(Three with { Epochs = 1, Validation = share }, 100).HeldOut.Length);

    [Fact]
    public void The_split_is_whole_and_follows_from_the_seed()
    {
        var split = HoldOut.Of(Three, 4000);
        Assert.Equal(Enumerable.Range(0, 4000), split.Train.Concat(split.HeldOut).Order());
        Assert.Equal(split.HeldOut, HoldOut.Of(Three, 4000).HeldOut);
        Assert.NotEqual(split.HeldOut, HoldOut.Of(Three with { Seed = 2 }, 4000).HeldOut);
        Assert.True(split.HeldOut[^1] > 3000 && split.HeldOut[0] < 1000);
    }
}
