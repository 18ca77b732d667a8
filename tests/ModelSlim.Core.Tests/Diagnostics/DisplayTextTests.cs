using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Tests.Diagnostics;

public sealed class DisplayTextTests
{
    [Theory]
    [InlineData("conv1", "conv1")]
    [InlineData("größe 形 😀", "größe 形 😀")]
    [InlineData("a\r\nb", "a\\u000d\\u000ab")]
    [InlineData("\u001b[31m", "\\u001b[31m")]
    [InlineData("a\u202eb", "a\\u202eb")]
    [InlineData("a\u2028b", "a\\u2028b")]
    public void Nothing_in_it_can_disturb_a_terminal(string text, string shown)
    {
        Assert.Equal(shown, DisplayText.OneLine(text));
        Assert.Equal($"'{shown}'", DisplayText.Quote(text));
    }

    [Fact]
    public void Long_texts_are_cut()
    {
        Assert.Equal(new string('x', 1000) + "...", DisplayText.OneLine(new string('x', 1001)));
        Assert.Equal($"'{new string('x', 60)}...'", DisplayText.Quote(new string('x', 61)));
        Assert.Equal($"'{new string('x', 60)}'", DisplayText.Quote(new string('x', 60)));
    }

    [Fact]
    public void A_quote_is_not_cut_within_a_character() =>
        Assert.Equal($"'{new string('x', 59)}...'", DisplayText.Quote(new string('x', 59) + "😀 and more"));
}
