using System.CommandLine;
using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;
using ModelSlim.Pipeline;
using ModelSlim.Tool.Options;
using ModelSlim.Tool.Rendering;

namespace ModelSlim.Tool.Verbs;

/// <summary><c>prune MODEL -o OUT</c>: the whole pipeline.</summary>
internal sealed class PruneVerb : Verb
{
    private readonly Argument<string> model = PathArgument.Of("MODEL", "The ONNX file");
    private readonly RecipeOption recipe = new();
    private readonly OverrideOptions overrides = new();
    private readonly PruneOptions options = new();
    private readonly OutputGuard guard = new();

    /// <summary>Makes the verb.</summary>
    public PruneVerb()
        : base("prune", "Make a model smaller: cut, repair, fine-tune, verify")
    {
        Command.Arguments.Add(model);
        recipe.AddTo(Command);
        overrides.AddTo(Command);
        options.AddTo(Command);
        Command.Validators.Add(line =>
        {
            if (guard.Clash(options.Written(line), [("model", line.GetValue(model))]) is { } clash)
            {
                line.AddError(clash);
            }

            if (options.HasPlan(line) && overrides.HasTarget(line))
            {
                line.AddError("--plan and --target exclude each other; a plan has its target in it.");
            }
        });
    }

    /// <inheritdoc/>
    public override bool WantsEvents(ParseResult line) => options.WantsEvents(line);

    /// <inheritdoc/>
    public override async Task<Result<VerbOutput>> RunAsync(ParseResult line, VerbContext context)
    {
        options.Watch(line, context);
        var modelPath = line.GetRequiredValue(model);
        var given = overrides.Read(line, context.Settings);
        var file = recipe.Find(line, modelPath, context.Host.Files);
        if (file is null && given.Target is null && options.HasPlan(line))
        {
            given = given with { Target = new TargetSpec() };
        }

        var resolved = recipe.LoadFound(line, modelPath, file, given, context.Host.Files);
        if (!resolved.Succeeded)
        {
            return Result<VerbOutput>.Failed(resolved.Diagnostics);
        }

        if (guard.Refusal(options.Written(line.CommandResult), Read(resolved.Value, file, options.PlanOf(line))) is { } refusal)
        {
            return refusal;
        }

        var request = options.Request(line, modelPath, resolved.Value, context);
        TellInputs(resolved.Value.Data, context.Reporter);
        var outcome = await context.Services.Pipeline
            .RunAsync(request, context.Progress, context.Cancellation).ConfigureAwait(false);
        foreach (var path in outcome.Value?.ExternalFiles ?? [])
        {
            context.Reporter.Input(path);
        }

        if (outcome.Succeeded && new RecipeLocator(context.Host.Files).FindShared(request.OutputPath) is { } shared)
        {
            context.Reporter.Say(DiagnosticCodes.RecipeTakesResult.At(
                new SourceSpan(request.OutputPath),
                $"The slim model lies where {DisplayText.OneLine(shared)} is for every model, so a build and modelslim lock slim it again; write it to another folder"));
        }

        return resolved.Then(_ => outcome).Then(done => WantsEvents(line)
            ? context.Services.Reader.ReadSignature(request.OutputPath).Then<VerbOutput>(signature =>
            {
                context.Reporter.Describe(signature);
                return Show(request, done);
            })
            : Show(request, done));
    }

    private static IEnumerable<(string Name, string? Path)> Read(Recipe recipe, string? file, string? plan) =>
    [
        ("recipe", file),
        ("plan", plan),
        .. Sources(recipe.Data).SelectMany(source => source.Paths).Select(path => ("data", (string?)path)),
    ];

    private static void TellInputs(DataSpec data, IReporter reporter)
    {
        foreach (var source in Sources(data))
        {
            foreach (var path in source.Paths)
            {
                reporter.Input(source.IsFolder ? path.TrimEnd('/', Path.DirectorySeparatorChar) + "/" : path);
            }
        }
    }

    private static IEnumerable<DataSource> Sources(DataSpec data) => new[] { data.Calibration, data.Train, data.Eval }.OfType<DataSource>();

    private static JsonObject Document(SlimRequest request, SlimOutcome outcome)
    {
        var document = ReportNode.Of(outcome.Report);
        document["output"] = request.OutputPath;
        document["sha256"] = outcome.Sha256;
        return document;
    }

    private static VerbOutput Show(SlimRequest request, SlimOutcome outcome)
    {
        var report = outcome.Report;
        var measured = report.Verification;
        var summary = report.KeptOriginal
            ? "kept the original: a gate was missed"
            : CostTable.Line(report.Before, report.After, measured, report.Sparsity);
        return new VerbOutput
        {
            Document = () => Document(request, outcome),
            View = [CostTable.Of(report.Before, report.After, measured, report.Sparsity)],
            Text = (report.Lossless.IsEmpty ? string.Empty : $"{LosslessText.Of(report.Lossless)}\n") + SparsityText.Of(report.Sparsity) + ExitText.Of(report.EarlyExit),
            Summary = $"Wrote {request.OutputPath}: {summary}{(report.Cache == CacheUse.Hit ? " (from the store)" : string.Empty)}",
            Event = new JsonObject
            {
                ["cache"] = Word(report.Cache),
                ["fingerprint"] = report.Fingerprint,
                ["output"] = request.OutputPath,
                ["sha256"] = outcome.Sha256,
                ["keptOriginal"] = report.KeptOriginal,
                ["delivery"] = Word(request.Recipe.Delivery),
                ["summary"] = report.KeptOriginal ? summary : summary + SparsityText.Caution(report.Sparsity),
            },
        };
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
