using ModelSlim.Evaluation.Exits;

namespace ModelSlim.Evaluation.Tests.Exits;

public sealed class ExitThresholdTests
{
    [Fact]
    public void The_threshold_is_the_lowest_that_surely_holds_the_drop()
    {
        // The head is wrong on every tenth of the less sure half.
        double[] confidence = [.. Enumerable.Range(0, 2000).Select(i => 1 - (i / 4000.0))];
        int[] losses = [.. Enumerable.Range(0, 2000).Select(i => i >= 1000 && i % 10 == 0 ? 1 : 0)];

        var chosen = ExitThreshold.Choose(confidence, losses, 0.02)!;
        var leaving = confidence.Count(sure => sure > chosen.Value);

        Assert.Equal((double)leaving / 2000, chosen.Rate);
        Assert.Equal((double)losses.Take(leaving).Sum() / 2000, chosen.Drop);
        Assert.True(chosen.Drop < chosen.Bound && chosen.Bound <= 0.02);
        Assert.InRange(chosen.Rate, 0.5, 0.7);
        Assert.True((losses.Take(leaving + 10).Sum() + (1.645 * Math.Sqrt(losses.Take(leaving + 10).Sum() + 1))) / 2000 > 0.02);
    }

    [Fact]
    public void More_may_be_lost_where_more_is_allowed()
    {
        double[] confidence = [.. Enumerable.Range(0, 1000).Select(i => 1 - (i / 2000.0))];
        int[] losses = [.. Enumerable.Range(0, 1000).Select(i => i % 20 == 19 ? 1 : 0)];
        double[] rates = [.. new[] { 0.005, 0.01, 0.02, 0.05 }.Select(allowed => ExitThreshold.Choose(confidence, losses, allowed)?.Rate ?? 0)];

        Assert.Equal(rates.Order(), rates);
        Assert.True(rates[^1] > rates[0]);
    }

    [Fact]
    public void What_the_head_gains_makes_up_for_what_it_loses()
    {
        double[] confidence = [.. Enumerable.Range(0, 1000).Select(i => 1 - (i / 2000.0))];
        int[] losses = [.. Enumerable.Range(0, 1000).Select(i => i % 20 == 19 ? 1 : i % 20 == 9 ? -1 : 0)];

        Assert.Equal(1, ExitThreshold.Choose(confidence, losses, 0.03)!.Rate);
    }

    [Theory]
    [InlineData(0.0, 10000)]
    [InlineData(0.005, 100)]
    public void Too_few_samples_prove_no_drop_however_small(double allowed, int count) =>
        Assert.Null(ExitThreshold.Choose([.. Enumerable.Repeat(0.9, count).Select((sure, i) => sure + (i * 1e-6))], new int[count], allowed));

    [Fact]
    public void Samples_of_one_confidence_leave_together()
    {
        double[] confidence = [.. Enumerable.Range(0, 1000).Select(i => i < 300 ? 0.9 : 0.5)];
        int[] losses = [.. Enumerable.Range(0, 1000).Select(i => i >= 600 ? 1 : 0)];
        var chosen = ExitThreshold.Choose(confidence, losses, 0.01)!;

        Assert.Equal(0.3, chosen.Rate);
        Assert.InRange(chosen.Value, 0.5f, 0.9f);
    }
}
