using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Files;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;
using ModelSlim.Pipeline;
using ModelSlim.Tool.Options;
using ModelSlim.Tool.Rendering;
using ModelSlim.Training.Worker;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ModelSlim.Tool.Verbs;

/// <summary><c>plan MODEL</c>: a dry run.</summary>
internal sealed class PlanVerb : Verb
{
    private readonly Argument<string> model = PathArgument.Of("MODEL", "The ONNX file");
    private readonly RecipeOption recipe = new();
    private readonly OutputGuard guard = new();
    private readonly OverrideOptions overrides = new();
    private readonly Option<string?> output = new("--output", "-o")
    {
        Description = "Write the plan to a file, which prune --plan carries out",
        HelpName = "PLAN",
    };

    /// <summary>Makes the verb.</summary>
    public PlanVerb()
        : base("plan", "Show what would be cut and what that would save, without doing it")
    {
        Command.Arguments.Add(model);
        recipe.AddTo(Command);
        overrides.AddTo(Command);
        Command.Options.Add(output);
        output.Validators.Add(PathArgument.RefuseEmpty);
    }

    /// <inheritdoc/>
    public override Task<Result<VerbOutput>> RunAsync(ParseResult line, VerbContext context)
    {
        var path = line.GetRequiredValue(model);
        if (guard.Refusal([("plan", line.GetValue(output))], [("model", path), ("recipe", recipe.Find(line, path, context.Host.Files))]) is { } refusal)
        {
            return Task.FromResult<Result<VerbOutput>>(refusal);
        }

        var file = line.GetValue(output);
        return Task.Run(() => recipe.Load(line, path, overrides.Read(line, context.Settings), context.Host.Files)
            .Then<Recipe>(resolved => file is not null && PlannedModel.NoPlan(resolved) is { } reason
                ? DiagnosticCodes.PlanMismatch.At(resolved.MethodLocation ?? new SourceSpan(path), $"no plan is written: {reason}; leave --output out to see what would come of it")
                : resolved)
            .Then(resolved => context.Services.Planning.Run(path, resolved, TorchSource.Of(path, offline: context.Settings.Offline), context.Cancellation))
            .Then<VerbOutput>(planned => Show(planned, file, context.Settings)));
    }

    private static VerbOutput Show(PlannedModel planned, string? file, RunSettings settings)
    {
        var summary = CostTable.Line(planned.Report.Before, planned.Report.After, null, planned.Report.Sparsity) + planned.LaterText;
        if (file is not null)
        {
            AtomicFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(new PlanFile().Write(planned.Plan))));
            summary = $"Wrote {file}: {summary}";
        }

        return new VerbOutput
        {
            Document = () => Document(planned, file),
            View = View(planned, settings),
            Text = (planned.Report.Lossless.IsEmpty ? string.Empty : $"{LosslessText.Of(planned.Report.Lossless)}\n") + SparsityText.Of(planned.Report.Sparsity),
            Summary = summary,
        };
    }

    private static JsonObject Document(PlannedModel planned, string? file)
    {
        var document = ReportNode.Of(planned.Report);
        document["groups"] = new JsonArray([.. planned.Plan.Cuts.Select(Json)]);
        if (!planned.Later.IsEmpty)
        {
            document["then"] = new JsonArray([.. planned.Later.Select(later => JsonValue.Create(later))]);
        }

        if (file is not null)
        {
            document["output"] = file;
        }

        return document;
    }

    private static JsonObject Json(GroupCut cut) => new()
    {
        ["id"] = cut.Group,
        ["channels"] = cut.Channels,
        ["kept"] = cut.Channels - cut.Removed.Length,
    };

    private static List<IRenderable> View(PlannedModel planned, RunSettings settings)
    {
        var parts = new List<IRenderable> { CostTable.Of(planned.Report.Before, planned.Report.After, null, planned.Report.Sparsity) };
        var cuts = Tables.New("Group", "Channels", "Kept");
        foreach (var cut in planned.Plan.Cuts)
        {
            cuts.AddRow(Tables.Cells(cut.Group, cut.Channels.ToString(), (cut.Channels - cut.Removed.Length).ToString()));
        }

        if (!planned.Plan.Cuts.IsEmpty || planned.Report.Sparsity is null)
        {
            parts.Add(cuts);
        }

        if (!planned.Report.Refusals.IsEmpty && settings.Verbosity >= Verbosity.Detailed)
        {
            parts.Add(FrozenTable.Of(planned.Report.Refusals, true));
        }

        return parts;
    }
}
