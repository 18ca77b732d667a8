using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Tests.Diagnostics;

public sealed class DiagnosticCodesTests
{
    [Fact]
    public void Every_code_is_MSLIM_and_four_digits_and_there_once()
    {
        Assert.All(DiagnosticCodes.All, descriptor => Assert.Matches("^MSLIM[0-9]{4}$", descriptor.Code));
        Assert.Equal(DiagnosticCodes.All.Length, DiagnosticCodes.All.Select(descriptor => descriptor.Code).Distinct().Count());
    }

    [Fact]
    public void Every_code_says_what_is_wrong_and_what_to_do() => Assert.All(DiagnosticCodes.All, descriptor =>
    {
        Assert.NotEmpty(descriptor.Title);
        Assert.False(descriptor.Title.EndsWith('.'), descriptor.Code);
        Assert.True(descriptor.Fix.EndsWith('.'), descriptor.Code);
    });
}
