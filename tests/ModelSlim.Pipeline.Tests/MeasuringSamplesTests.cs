namespace ModelSlim.Pipeline.Tests;

public sealed class MeasuringSamplesTests
{
    [Theory]
    [InlineData(4_000_000_000, 512, int.MaxValue)]
    [InlineData(70_000_000_000, 60, 64)]
    [InlineData(1_000_000_000_000_000, 32, 32)]
    [InlineData(0, 512, int.MaxValue)]
    public void Large_models_are_measured_on_fewer_samples_that_are_made_up(long macs, int least, int most) =>
        Assert.InRange(MeasuringSamples.NoiseCount(macs), least, most);
}
