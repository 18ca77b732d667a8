using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Metrics;

namespace ModelSlim.Evaluation.Tests.Metrics;

public sealed class AcceptGatesTests
{
    [Theory]
    [InlineData(0.01, "accuracy drops by 1.50 points, more than the 1 point of accept.max_drop; ask for less or fine-tune longer")]
    [InlineData(0.005, "accuracy drops by 1.50 points, more than the 0.5 points of accept.max_drop; ask for less or fine-tune longer")]
    [InlineData(0, "accuracy drops by 1.50 points, more than the 0 points of accept.max_drop; ask for less or fine-tune longer")]
    public void A_drop_has_its_unit(double most, string message) =>
        Assert.Equal(message, Assert.Single(new AcceptGates().Missed(new AcceptSpec { MaxDrop = most }, 0.015, null)).Message);

    [Theory]
    [InlineData(0.01, 1.2)]
    [InlineData(-0.01, 1.3)]
    public void Gates_that_hold_say_nothing(double drop, double speedup) =>
        Assert.Empty(new AcceptGates().Missed(new AcceptSpec { MaxDrop = 0.01, MinSpeedup = 1.2 }, drop, speedup));

    [Fact]
    public void What_was_not_measured_does_not_pass() => Assert.Equal(
        ["MSLIM7010", "MSLIM7011"],
        new AcceptGates().Missed(new AcceptSpec { MaxDrop = 0.01, MinSpeedup = 1.2 }, null, null).Select(gate => gate.Code));
}
