using ModelSlim.Tool.Rendering;

namespace ModelSlim.Tool.Tests.Rendering;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1000, "1.00 k")]
    [InlineData(9994, "9.99 k")]
    [InlineData(9995, "10.0 k")]
    [InlineData(99_949, "99.9 k")]
    [InlineData(99_950, "100 k")]
    [InlineData(999_499, "999 k")]
    [InlineData(999_500, "1.00 M")]
    [InlineData(41_234_567, "41.2 M")]
    [InlineData(4_100_000_000, "4.10 G")]
    [InlineData(long.MaxValue, "9223372 T")]
    public void Counts_have_three_digits(long number, string text) => Assert.Equal(text, Quantity.Count(number));

    [Theory]
    [InlineData(12, "12 B")]
    [InlineData(322_123, "322 kB")]
    [InlineData(4_000_000, "4.00 MB")]
    public void Bytes_have_decimal_prefixes(long number, string text) => Assert.Equal(text, Quantity.Bytes(number));

    [Theory]
    [InlineData(200, 100, "-50.0%")]
    [InlineData(100, 110, "+10.0%")]
    [InlineData(100, 100, "0.0%")]
    [InlineData(0, 100, "")]
    public void Changes_have_a_sign(double before, double after, string text) => Assert.Equal(text, Quantity.Change(before, after));

    [Theory]
    [InlineData(0.85, "850 ms")]
    [InlineData(1.25, "1.3 s")]
    [InlineData(12.4, "12 s")]
    [InlineData(185, "3:05 min")]
    [InlineData(3723, "1:02:03 h")]
    public void Times_have_the_unit_that_fits(double seconds, string text) =>
        Assert.Equal(text, Quantity.Time(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(1.234, "1.23 ms")]
    [InlineData(12.34, "12.3 ms")]
    public void Latencies_are_in_milliseconds(double time, string text) => Assert.Equal(text, Quantity.Milliseconds(time));
}
