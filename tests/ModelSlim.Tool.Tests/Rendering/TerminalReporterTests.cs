using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Tool.Verbs;
using Spectre.Console;

namespace ModelSlim.Tool.Tests.Rendering;

public sealed class TerminalReporterTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public async Task A_script_gets_one_document_and_the_rest_on_standard_error()
    {
        var run = await Run(Report, isTerminal: false, Nothing, "--json");

        Assert.Equal(["done", "diagnostics"], run.Json.Select(pair => pair.Key));
        Assert.Equal("MSLIM1301", (string?)run.Json["diagnostics"]![0]!["code"]);
        Assert.Contains("stage one\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("warning MSLIM1301", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_is_a_document_too()
    {
        var run = await Run(_ => DiagnosticCodes.ModelMissing.At(new SourceSpan("x.onnx"), "Not found"), isTerminal: false, Nothing, "--json");

        Assert.Equal(7, run.ExitCode);
        var error = Assert.Single(run.Json["diagnostics"]!.AsArray())!;
        Assert.Equal(("error", "MSLIM4001", "x.onnx"), ((string?)error["severity"], (string?)error["code"], (string?)error["file"]));
    }

    [Theory]
    [InlineData("q", "", "")]
    [InlineData("m", "", "wrote it\n")]
    [InlineData("n", "stage one\n", "  a  \n")]
    [InlineData("d", "stage one\n", "  a  \n")]
    public async Task The_level_decides_how_much_is_shown(string level, string progress, string output)
    {
        var run = await Run(Report, isTerminal: false, Nothing, "-v", level);

        Assert.Equal(progress, run.Error[..run.Error.IndexOf("modelslim:", StringComparison.Ordinal)]);
        Assert.Contains(output, run.Output, StringComparison.Ordinal);
        Assert.Equal(level == "q", run.Output.Length == 0);
    }

    [Theory]
    [InlineData("n", false)]
    [InlineData("d", true)]
    public async Task Notes_are_for_those_who_want_details(string level, bool shown)
    {
        var note = new DiagnosticDescriptor("MSLIM0999", Severity.Note, ExitCode.Done, "A note", "Nothing.");

        var run = await Run(_ => Result<VerbOutput>.With(TestVerb.Done, [note.Says("by the way")]), isTerminal: false, Nothing, "-v", level);

        Assert.Equal(shown, run.Error.Contains("by the way", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "", true)]
    [InlineData(true, "1", false)]
    [InlineData(false, "", false)]
    public async Task Errors_are_coloured_on_a_terminal_unless_NO_COLOR_is_set(bool isTerminal, string noColor, bool coloured)
    {
        var run = await Run(
            _ => DiagnosticCodes.ModelMissing.Says("x"), isTerminal, new() { ["NO_COLOR"] = noColor }, "-v", "m");

        Assert.Equal(coloured ? "\u001b[31mmodelslim: error MSLIM4001: x\u001b[0m\n" : "modelslim: error MSLIM4001: x\n", run.Error);
    }

    [Theory]
    [InlineData("CI", "true", true)]
    [InlineData("CI", "false", false)]
    [InlineData("TF_BUILD", "True", true)]
    [InlineData("OTHER", "1", false)]
    public async Task On_a_build_server_progress_is_lines(string variable, string value, bool lines)
    {
        var run = await Run(Report, isTerminal: true, new() { [variable] = value, ["NO_COLOR"] = "1" });

        Assert.Equal(lines, run.Error.StartsWith("stage one\n", StringComparison.Ordinal));
    }

    private static Result<VerbOutput> Report(VerbContext context)
    {
        context.Progress.Report(new StageProgress("stage one", 0, 0));
        var output = new VerbOutput
        {
            Document = () => new JsonObject { ["done"] = true },
            View = [new Table { Border = TableBorder.None }.AddColumn("  a  ")],
            Summary = "wrote it",
        };
        return Result<VerbOutput>.With(output, [DiagnosticCodes.RecipeLeak.Says("careful")]);
    }

    private static Task<ToolRun> Run(
        Func<VerbContext, Result<VerbOutput>> verb, bool isTerminal, Dictionary<string, string> variables, params string[] options) =>
        ToolRun.Of(
            host => host with { IsErrorTerminal = isTerminal, Environment = variables.GetValueOrDefault },
            [TestVerb.That(verb)],
            ["test", .. options]);
}
