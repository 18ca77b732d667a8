using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Tool.Tests.Verbs;

public sealed class ExplainVerbTests
{
    [Theory]
    [InlineData("MSLIM1103")]
    [InlineData("mslim1103")]
    [InlineData("1103")]
    public async Task Says_what_a_code_means_and_what_to_do(string code)
    {
        var run = await ToolRun.Of("explain", code);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("MSLIM1103: Unknown key (error, exit code 3)\nWhat to do: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_scripts_the_same()
    {
        var json = (await ToolRun.Of("explain", "MSLIM1301", "--json")).Json;

        Assert.Equal(("MSLIM1301", "warning", 3), ((string?)json["code"], (string?)json["severity"], (int?)json["exitCode"]));
    }

    [Fact]
    public async Task Lists_them_all()
    {
        var run = await ToolRun.Of("explain", "--json");

        Assert.Equal(DiagnosticCodes.All.Select(code => code.Code), run.Json["codes"]!.AsArray().Select(code => (string?)code!["code"]));
    }

    [Fact]
    public async Task An_unknown_code_is_a_wrong_command_line()
    {
        var run = await ToolRun.Of("explain", "MSLIM0000");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("There is no diagnostic 'MSLIM0000'", run.Error, StringComparison.Ordinal);
    }
}
