using System.CommandLine;
using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Pipeline;
using ModelSlim.Tool.Rendering;

namespace ModelSlim.Tool.Verbs;

/// <summary><c>check [RECIPE]</c>: everything about a recipe that can be told without doing it.</summary>
internal sealed class CheckVerb : Verb
{
    private readonly Argument<string> recipe = new("RECIPE")
    {
        Description = "The recipe, or a model that has one beside it",
        DefaultValueFactory = _ => "prune.yaml",
    };

    /// <summary>Makes the verb.</summary>
    public CheckVerb()
        : base("check", "Check a recipe: its text, its data, and whether its models can be pruned as it says") =>
        Command.Arguments.Add(recipe);

    /// <inheritdoc/>
    public override Task<Result<VerbOutput>> RunAsync(ParseResult line, VerbContext context)
    {
        var files = context.Host.Files;
        var named = line.GetRequiredValue(recipe);
        var isModel = named.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase);
        var path = isModel ? new RecipeLocator(files).Find(named) : named;
        if (isModel && new RecipeLocator(files).Misnamed(named) is { } misnamed)
        {
            context.Reporter.Say(misnamed);
        }

        return Task.Run(() => new RecipeLoader(files).Load(path, new RecipeOverrides { Seed = context.Settings.Seed }).Then(resolved =>
            Check(path!, isModel ? [named] : new RecipeLocator(files).ModelsOf(path!), resolved, context)));
    }

    private static Result<VerbOutput> Check(string path, IReadOnlyList<string> models, Recipe recipe, VerbContext context)
    {
        var found = new List<Diagnostic>();
        var reports = new List<(string Model, PlannedModel Planned)>();
        for (var i = 0; i < models.Count; i++)
        {
            context.Progress.Report(new StageProgress("check", i, models.Count, Path.GetFileName(models[i])));
            var planned = context.Services.Check.Run(models[i], recipe, context.Cancellation);
            found.AddRange(planned.Diagnostics.Select(diagnostic =>
                diagnostic.Location is null ? diagnostic with { Location = new SourceSpan(models[i]) } : diagnostic));
            if (planned.Succeeded)
            {
                reports.Add((models[i], planned.Value));
            }
        }

        return reports.Count < models.Count
            ? Result<VerbOutput>.Failed(found)
            : Result<VerbOutput>.With(Show(path, reports), found);
    }

    private static VerbOutput Show(string path, List<(string Model, PlannedModel Planned)> reports)
    {
        var text = $"{DisplayText.OneLine(path)} is well.{(reports.Count == 0 ? " No model is beside it." : string.Empty)}\n";
        var models = new JsonArray();
        foreach (var (model, planned) in reports)
        {
            var report = planned.Report;
            text += $"{DisplayText.OneLine(model)}: {CostTable.Line(report.Before, report.After, null, report.Sparsity)}{planned.LaterText}\n";
            var document = new JsonObject
            {
                ["model"] = model,
                ["before"] = ReportNode.Of(report.Before),
                ["after"] = ReportNode.Of(report.After),
            };
            if (report.Sparsity is { } sparsity)
            {
                document["sparsity"] = ReportNode.Of(sparsity);
            }

            if (!planned.Later.IsEmpty)
            {
                document["then"] = new JsonArray([.. planned.Later.Select(later => JsonValue.Create(later))]);
            }

            models.Add(document);
        }

        return new VerbOutput { Document = () => new JsonObject { ["recipe"] = path, ["models"] = models }, Text = text };
    }
}
