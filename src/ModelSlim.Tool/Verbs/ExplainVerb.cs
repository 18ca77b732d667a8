using System.CommandLine;
using System.CommandLine.Completions;
using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Tool.Rendering;
using Spectre.Console;

namespace ModelSlim.Tool.Verbs;

/// <summary><c>explain CODE</c>: what a diagnostic means and what to do about it.</summary>
internal sealed class ExplainVerb : Verb
{
    private readonly Argument<string?> code = new("CODE")
    {
        Description = "A code such as MSLIM1103; all of them where it is left out",
        HelpName = "CODE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>Makes the verb.</summary>
    public ExplainVerb()
        : base("explain", "Explain a diagnostic")
    {
        code.CompletionSources.Add(_ => DiagnosticCodes.All.Select(descriptor => new CompletionItem(descriptor.Code)));
        Command.Arguments.Add(code);
    }

    /// <inheritdoc/>
    public override Task<Result<VerbOutput>> RunAsync(ParseResult line, VerbContext context) =>
        Task.FromResult(line.GetValue(code) is { } written ? One(written) : All());

    private static Result<VerbOutput> One(string written)
    {
        var digits = written.StartsWith("MSLIM", StringComparison.OrdinalIgnoreCase) ? written[5..] : written;
        if (DiagnosticCodes.All.FirstOrDefault(known => known.Code == $"MSLIM{digits}") is not { } descriptor)
        {
            return DiagnosticCodes.CommandLine.Says(
                $"There is no diagnostic {DisplayText.Quote(written)}; modelslim explain lists them all");
        }

        return new VerbOutput
        {
            Document = () => Json(descriptor),
            Text = $"""
                {descriptor.Code}: {descriptor.Title} ({DiagnosticJson.Word(descriptor.Severity)}, exit code {(int)descriptor.ExitCode})
                What to do: {descriptor.Fix}

                """,
        };
    }

    private static VerbOutput All()
    {
        var table = Tables.New("Code", "Severity", "Exit code", "What is wrong", "What to do");
        foreach (var descriptor in DiagnosticCodes.All)
        {
            table.AddRow(Tables.Cells(
                descriptor.Code,
                DiagnosticJson.Word(descriptor.Severity),
                ((int)descriptor.ExitCode).ToString(),
                descriptor.Title,
                descriptor.Fix));
        }

        return new VerbOutput
        {
            Document = () => new JsonObject { ["codes"] = new JsonArray([.. DiagnosticCodes.All.Select(Json)]) },
            View = [table],
        };
    }

    private static JsonObject Json(DiagnosticDescriptor descriptor) => new()
    {
        ["code"] = descriptor.Code,
        ["severity"] = DiagnosticJson.Word(descriptor.Severity),
        ["exitCode"] = (int)descriptor.ExitCode,
        ["title"] = descriptor.Title,
        ["fix"] = descriptor.Fix,
    };
}
