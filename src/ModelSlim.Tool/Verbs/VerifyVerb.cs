using System.CommandLine;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;
using ModelSlim.Tool.Options;
using ModelSlim.Tool.Rendering;

namespace ModelSlim.Tool.Verbs;

/// <summary><c>verify ORIGINAL SLIM</c>: runs both on the same samples and judges the slim model by the gates.</summary>
internal sealed class VerifyVerb : Verb
{
    private readonly Argument<string> original = PathArgument.Of("ORIGINAL", "The ONNX file as it was");
    private readonly Argument<string> slim = PathArgument.Of("SLIM", "The slim model");
    private readonly RecipeOption recipe = new();
    private readonly LibTorchOption libTorch = new();
    private readonly Option<bool> rebuild = new("--rebuild") { Description = "Make the slim model again, without the store, and compare the bytes" };

    /// <summary>Makes the verb.</summary>
    public VerifyVerb()
        : base("verify", "Compare a slim model with its original: agreement, metric, latency, size, gates")
    {
        Command.Arguments.Add(original);
        Command.Arguments.Add(slim);
        recipe.AddTo(Command);
        libTorch.AddTo(Command);
        Command.Options.Add(rebuild);
    }

    /// <inheritdoc/>
    public override Task<Result<VerbOutput>> RunAsync(ParseResult line, VerbContext context)
    {
        var path = line.GetRequiredValue(original);
        if (line.GetValue(rebuild))
        {
            return RebuildAsync(line, path, context);
        }

        return Task.Run(() => recipe.LoadIfAny(line, path, context).Then(resolved => context.Services.Verification.Run(
                path, line.GetRequiredValue(slim), resolved, context.Progress, context.Cancellation)
                .Then<VerbOutput>(report => Show(report, resolved.Accept))));
    }

    private async Task<Result<VerbOutput>> RebuildAsync(ParseResult line, string path, VerbContext context)
    {
        var there = line.GetRequiredValue(slim);
        if (!File.Exists(there))
        {
            return DiagnosticCodes.FileAccess.At(new SourceSpan(there), "there is no such slim model to compare with");
        }

        var resolved = recipe.Load(line, path, context);
        if (!resolved.Succeeded)
        {
            return Result<VerbOutput>.Failed(resolved.Diagnostics);
        }

        var request = context.Request(path, resolved.Value, there, libTorch.Read(line));
        var outcome = await context.Services.Rebuild.RunAsync(request, context.Progress, context.Cancellation).ConfigureAwait(false);
        return outcome.Then<VerbOutput>(done => new VerbOutput
        {
            Document = () =>
            {
                var document = ReportNode.Of(done.Report);
                document["sha256"] = done.Sha256;
                document["identical"] = true;
                return document;
            },
            View = [CostTable.Of(done.Report.Before, done.Report.After, done.Report.Verification, done.Report.Sparsity)],
            Text = $"Made again, it is the same, byte for byte: sha256 {done.Sha256}.\n",
        });
    }

    private static VerbOutput Show(SlimReport report, AcceptSpec accept) => new()
    {
        Document = () => ReportNode.Of(report),
        View = [CostTable.Of(report.Before, report.After, report.Verification)],
        Text = (report.Verification is { } found ? Text(found, accept) : string.Empty) + SparsityText.Found(report.Sparsity),
    };

    private static string Text(VerificationReport found, AcceptSpec accept) =>
        (!found.Passed ? "A gate does not hold." : accept is { MaxDrop: null, MinSpeedup: null } ? "No gates." : "Every gate holds.")
        + (found.Agreement is { } agreement ? $" Agreement {Quantity.Percent(agreement)}." : string.Empty)
        + (found.Speedup is { } speedup ? $" {speedup:0.00} times as fast." : string.Empty)
        + "\n";
}
