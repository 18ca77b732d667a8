namespace ModelSlim.Pipeline.Tests;

public sealed class MeasuringSamplesTests
{
    [Theory]
    [InlineData(1_000_000_000, 512, int.MaxValue)]
    [InlineData(10_000_000_000, 100, 128)]
    [InlineData(1_000_000_000_000_000, 16, 16)]
    [InlineData(0, 512, int.MaxValue)]
    public void Large_models_are_measured_on_fewer_samples_that_are_made_up(long macs, int least, int most) =>
        Assert.InRange(MeasuringSamples.NoiseCount(macs), least, most);
}
