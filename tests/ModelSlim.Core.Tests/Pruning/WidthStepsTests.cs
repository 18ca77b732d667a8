using ModelSlim.Core.Pruning;

namespace ModelSlim.Core.Tests.Pruning;

public sealed class WidthStepsTests
{
    [Theory]
    [InlineData(64, null, "48 32 16 8 0")]
    [InlineData(40, null, "32 16 8 0")]
    [InlineData(24, null, "16 8 0")]
    [InlineData(20, null, "16 8 0")]
    [InlineData(12, null, "8 4 0")]
    [InlineData(6, null, "4 2 0")]
    [InlineData(3, null, "2 1 0")]
    [InlineData(20, 6, "18 12 6 0")]
    [InlineData(3, 1, "2 1 0")]
    public void Widths_fill_vectors_as_far_as_a_group_has_them(int channels, int? roundTo, string widths)
    {
        var steps = new WidthSteps(channels, roundTo);
        var seen = new List<int>();
        for (var left = channels; left > 0; seen.Add(left))
        {
            left = steps.Below(left);
        }

        Assert.Equal(widths, string.Join(' ', seen));
    }

    [Theory]
    [InlineData(64, 48, 1)]
    [InlineData(16, 8, 0.25)]
    [InlineData(24, 16, 1.75)]
    [InlineData(40, 32, 1.75)]
    public void What_leaves_vectors_half_empty_saves_little_time(int left, int next, double gain) =>
        Assert.Equal(gain, new WidthSteps(64, null).Gain(left, next));

    [Fact]
    public void Who_chose_the_widths_gets_them_by_what_is_computed() => Assert.Equal(1, new WidthSteps(64, 4).Gain(16, 12));
}
