using ModelSlim.Training.FineTuning;

namespace ModelSlim.Training.Tests.FineTuning;

public sealed class HeldOutScoreTests
{
    [Theory]
    [InlineData(90, 0, 1, false)]
    [InlineData(90, 1, 4, false)]
    [InlineData(90, 0, 5, true)]
    [InlineData(90, 2, 9, true)]
    [InlineData(90, 9, 2, false)]
    [InlineData(90, 5, 5, false)]
    public void Samples_on_which_two_models_differ_decide(int same, int gained, int lost, bool below)
    {
        var ones = Enumerable.Repeat(1f, same);
        var score = new HeldOutScore([.. ones, .. Enumerable.Repeat(1f, gained), .. Enumerable.Repeat(0f, lost)]);
        var other = new HeldOutScore([.. ones, .. Enumerable.Repeat(0f, gained), .. Enumerable.Repeat(1f, lost)]);

        Assert.Equal(below, score.IsClearlyBelow(other));
    }

    [Fact]
    public void Losses_that_are_all_worse_are_clearly_worse()
    {
        var score = new HeldOutScore([-1.1f, -2.1f, -3.1f, -4.1f]);
        var other = new HeldOutScore([-1f, -2f, -3f, -4f]);

        Assert.True(score.IsClearlyBelow(other));
        Assert.False(other.IsClearlyBelow(score));
        Assert.False(score.IsClearlyBelow(score));
        Assert.Equal(-2.5, other.Mean, 6);
    }
}
