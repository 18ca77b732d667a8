using ModelSlim.Tool.Rendering;

namespace ModelSlim.Tool.Tests.Rendering;

public sealed class MetricTextTests
{
    [Theory]
    [InlineData("accuracy", 0.9177, "91.77%")]
    [InlineData("mse", 0.00012, "1.2E-4")]
    [InlineData("mse", 0, "0")]
    public void Shares_are_percentages_and_errors_numbers(string metric, double value, string text) => Assert.Equal(text, MetricText.Of(metric, value));
}
