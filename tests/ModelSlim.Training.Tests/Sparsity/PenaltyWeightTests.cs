using ModelSlim.Training.Sparsity;

namespace ModelSlim.Training.Tests.Sparsity;

public sealed class PenaltyWeightTests
{
    private const int Steps = 80;
    private static readonly double[] Lengths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

    [Fact]
    public void A_given_weight_stays()
    {
        var weight = new PenaltyWeight(0.25, 5, FadingNet.Constant, 0.01);

        Assert.All(Enumerable.Range(1, Steps), done => Assert.Equal(0.25, weight.Of(FadingNet.Moment(done, Steps, 100 - done), Steps, Lengths)));
    }

    /// <summary>What the fifth channel has left, 5, over the steps of the penalty at a rate of 0.1.</summary>
    [Theory]
    [InlineData(Steps)]
    [InlineData(Steps / 2)]
    public void The_first_weight_takes_the_channels_that_are_to_go_to_zero_by_the_last_step(int last) =>
        Assert.Equal(5 / (0.1 * last), new PenaltyWeight(null, 5, FadingNet.Constant, 0.01).Of(FadingNet.Moment(1, Steps), last, Lengths), 1e-9);

    [Fact]
    public void Where_none_are_to_go_there_is_no_penalty() =>
        Assert.Equal(0, new PenaltyWeight(null, 0, FadingNet.Constant, 0.01).Of(FadingNet.Moment(1, Steps), Steps, Lengths));

    [Fact]
    public void What_fades_too_slowly_is_pressed_harder_and_what_has_faded_is_not()
    {
        var (slow, done) = (Weights(_ => Lengths, _ => 90), Weights(step => step == 1 ? Lengths : new double[10], _ => 90));

        // At the half, the same length is left for half the rates.
        Assert.Equal(2 * slow[0], slow[Steps / 2], 0.1 * slow[0]);
        Assert.Equal(done[0] / 2, done[Steps / 8], 1e-9);
        Assert.True(done[^1] < done[0] / 32);
    }

    [Fact]
    public void Where_more_is_lost_than_allowed_the_weight_falls()
    {
        var kept = Weights(_ => Lengths, _ => 90);
        var lost = Weights(_ => Lengths, step => step <= Steps / 8 ? 90 : 80);

        Assert.Equal(kept[Steps / 8], lost[Steps / 8]);
        Assert.Equal(lost[Steps / 8] / 2, lost[Steps / 4], 1e-9);
        Assert.True(lost[^1] < kept[^1] / 8);
    }

    private static double[] Weights(Func<int, double[]> lengths, Func<int, int> hits)
    {
        var weight = new PenaltyWeight(null, 5, FadingNet.Constant, 0.01);
        return [.. Enumerable.Range(1, Steps).Select(done => weight.Of(FadingNet.Moment(done, Steps, hits(done)), Steps, lengths(done)))];
    }
}
