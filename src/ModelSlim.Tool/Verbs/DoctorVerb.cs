using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Tool.Doctor;

namespace ModelSlim.Tool.Verbs;

/// <summary><c>doctor</c>: what is wrong with this machine.</summary>
internal sealed class DoctorVerb : Verb
{
    private readonly Option<string?> libTorch = new("--libtorch")
    {
        Description = "Folder of libtorch's native libraries; where it is left out, the NuGet folder",
        HelpName = "DIR",
    };

    /// <summary>Makes the verb.</summary>
    public DoctorVerb()
        : base("doctor", "Look for what is wrong with this machine") => Command.Options.Add(libTorch);

    /// <inheritdoc/>
    public override async Task<Result<VerbOutput>> RunAsync(ParseResult line, VerbContext context)
    {
        context.Progress.Report(new StageProgress("look at libtorch", 0, 0));
        var facts = await context.Host.InspectRuntime(line.GetValue(libTorch), context.Cancellation).ConfigureAwait(false);
        var (store, storeProblems) = StoreFindings.Of(context.Store);
        var (remote, remoteProblems) = RemoteFindings.Of(context.Host.Environment);
        Finding[] findings = [.. Machine(), .. RuntimeFindings.Of(facts), store, remote];
        var problems = facts.Problems.Where(problem => !CanBeFetched(problem, context)).Concat(storeProblems).Concat(remoteProblems).ToArray();
        return Result<VerbOutput>.With(Show(findings, problems, facts.Problems.Any(problem => CanBeFetched(problem, context))), problems);
    }

    /// <summary>That libtorch is not here yet is no problem where the first fine-tuning fetches it.</summary>
    private static bool CanBeFetched(Diagnostic problem, VerbContext context) =>
        problem.Descriptor == DiagnosticCodes.LibTorchMissing && !context.Settings.Offline;

    private static IEnumerable<Finding> Machine() =>
    [
        new("version", "modelslim", ToolHost.Version, ToolHost.Version),
        new("dotnet", ".NET", RuntimeInformation.FrameworkDescription, Environment.Version.ToString()),
        new("os", "System", RuntimeInformation.OSDescription, RuntimeInformation.OSDescription),
        new("cores", "Cores", $"{Environment.ProcessorCount}", Environment.ProcessorCount),
    ];

    private static VerbOutput Show(Finding[] findings, Diagnostic[] problems, bool fetches)
    {
        var document = new JsonObject();
        var text = new StringBuilder();
        var width = findings.Max(finding => finding.Label.Length);
        foreach (var finding in findings)
        {
            document[finding.Name] = finding.Value;
            text.Append($"{finding.Label.PadRight(width)}  {DisplayText.OneLine(finding.Text)}\n");
        }

        document["healthy"] = problems.Length == 0;
        text.Append(problems.Length > 0 ? string.Empty
            : fetches ? "All is well. libtorch is fetched through NuGet when a recipe fine-tunes for the first time.\n"
            : "All is well.\n");
        return new VerbOutput { Document = () => document, Text = text.ToString() };
    }
}
