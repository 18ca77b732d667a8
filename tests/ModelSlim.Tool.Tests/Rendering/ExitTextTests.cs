using ModelSlim.Core.Reports;
using ModelSlim.Tool.Rendering;

namespace ModelSlim.Tool.Tests.Rendering;

public sealed class ExitTextTests
{
    // Nothing warns of an exit that nobody needs, so the text tells of it; where one is needed, an error does.
    [Theory]
    [InlineData(true, "No early exit pays, and the model is fast enough without: the head is unsure.\n")]
    [InlineData(false, "")]
    public void An_exit_that_is_left_out_is_told_of_with_the_reason(bool isFast, string text) => Assert.Equal(
        text, ExitText.Of(new EarlyExitReport { HeldBack = 100, AllowedDrop = 0.01, Refusal = "the head is unsure", IsFastWithout = isFast }));
}
