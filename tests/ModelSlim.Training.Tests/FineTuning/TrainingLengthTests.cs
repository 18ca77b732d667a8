using ModelSlim.Core.Recipes;
using ModelSlim.Training.FineTuning;

namespace ModelSlim.Training.Tests.FineTuning;

public sealed class TrainingLengthTests
{
    [Fact]
    public void Epochs_are_counted_in_steps()
    {
        var length = TrainingLength.Of(new FineTuneSpec { Epochs = 3 }, perEpoch: 10);
        Assert.Equal((30, 3), (length.Total, length.Epochs));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(int.MaxValue, 214_748_365)]
    public void Steps_make_epochs_of_which_the_last_may_be_shorter(int steps, int epochs)
    {
        var length = TrainingLength.Of(new FineTuneSpec { Steps = steps }, perEpoch: 10);
        Assert.Equal((steps, epochs), (length.Total, length.Epochs));
    }

    [Fact]
    public void A_budget_has_to_become_steps_first() =>
        Assert.Throws<ArgumentException>(() => TrainingLength.Of(new FineTuneSpec { Budget = TimeSpan.FromMinutes(1) }, 10));

    [Theory]
    [InlineData(1, null, false)]
    [InlineData(2, null, true)]
    [InlineData(1, 10, false)]
    [InlineData(1, 11, true)]
    public void Samples_are_seen_again_in_more_than_one_epoch(int epochs, int? steps, bool repeats) =>
        Assert.Equal(repeats, TrainingLength.Repeats(new FineTuneSpec { Epochs = epochs, Steps = steps, Batch = 10 }, 100));
}
