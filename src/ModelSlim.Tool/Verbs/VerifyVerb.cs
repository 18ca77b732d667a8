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

    /// <summary>Makes the verb.</summary>
    public VerifyVerb()
        : base("verify", "Compare a slim model with its original: agreement, metric, latency, size, gates")
    {
        Command.Arguments.Add(original);
        Command.Arguments.Add(slim);
        recipe.AddTo(Command);
    }

    /// <inheritdoc/>
    public override Task<Result<VerbOutput>> RunAsync(ParseResult line, VerbContext context)
    {
        var path = line.GetRequiredValue(original);
        return Task.Run(() => recipe.LoadIfAny(line, path, context).Then(resolved => context.Services.Verification.Run(
                path, line.GetRequiredValue(slim), resolved, context.Progress, context.Cancellation)
                .Then<VerbOutput>(report => Show(report, resolved.Accept))));
    }

    private static VerbOutput Show(SlimReport report, AcceptSpec accept) => new()
    {
        Document = () => ReportNode.Of(report),
        View = [CostTable.Of(report.Before, report.After, report.Verification)],
        Text = report.Verification is { } found ? Text(found, accept) : string.Empty,
    };

    private static string Text(VerificationReport found, AcceptSpec accept) =>
        (accept is { MaxDrop: null, MinSpeedup: null } ? "No gates." : found.Passed ? "Every gate holds." : "A gate does not hold.")
        + (found.Agreement is { } agreement ? $" Agreement {Quantity.Percent(agreement)}." : string.Empty)
        + (found.Speedup is { } speedup ? $" {speedup:0.00} times as fast." : string.Empty)
        + "\n";
}
