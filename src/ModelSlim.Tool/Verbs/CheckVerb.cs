using System.CommandLine;
using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Pipeline;
using ModelSlim.Tool.Options;
using ModelSlim.Tool.Rendering;

namespace ModelSlim.Tool.Verbs;

/// <summary><c>check [RECIPE]</c>: everything about a recipe that can be told without doing it.</summary>
internal sealed class CheckVerb : Verb
{
    private const string Usual = "prune.yaml";

    private readonly ProjectFolder places = new();
    private readonly Argument<string?> recipe = new("RECIPE")
    {
        Description = $"The recipe, or a model that has one beside it, or a folder, for all recipes in it and below; where it is left out, {Usual}, or else this folder",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>Makes the verb.</summary>
    public CheckVerb()
        : base("check", "Check a recipe: its text, its data, and whether its models can be pruned as it says") =>
        Command.Arguments.Add(recipe);

    /// <inheritdoc/>
    public override Task<Result<VerbOutput>> RunAsync(ParseResult line, VerbContext context)
    {
        var files = context.Host.Files;
        var named = line.GetValue(recipe) ?? (files.Kind(Usual) == PathKind.File ? Usual : ".");
        return Task.Run(() => files.Kind(named) == PathKind.Folder ? CheckFolder(named, context)
            : named.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) ? CheckModel(named, context)
            : Shown(named, CheckRecipe(named, context)));
    }

    private static Result<VerbOutput> CheckModel(string model, VerbContext context)
    {
        var locator = new RecipeLocator(context.Host.Files);
        if (locator.Misnamed(model) is { } misnamed)
        {
            context.Reporter.Say(misnamed);
        }

        var path = locator.Find(model);
        return Shown(path, Load(path, context).Then(resolved => Check(path!, [model], resolved, context)));
    }

    private static Result<CheckedRecipe> CheckRecipe(string path, VerbContext context)
    {
        var locator = new RecipeLocator(context.Host.Files);
        return Load(path, context).Then(resolved =>
        {
            if (locator.Unused(path) is { } unused)
            {
                context.Reporter.Say(unused);
            }

            return Check(path, locator.ModelsOf(path), resolved, context);
        });
    }

    private static Result<Recipe> Load(string? path, VerbContext context) =>
        new RecipeLoader(context.Host.Files).Load(path, new RecipeOverrides { Seed = context.Settings.Seed });

    private static Result<CheckedRecipe> Check(string path, IReadOnlyList<string> models, Recipe recipe, VerbContext context)
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
            ? Result<CheckedRecipe>.Failed(found)
            : Result<CheckedRecipe>.With(new CheckedRecipe(path, reports), found);
    }

    private static Result<VerbOutput> Shown(string? path, Result<CheckedRecipe> result) => result.Then<VerbOutput>(done => new VerbOutput
    {
        Document = () => new JsonObject { ["recipe"] = path, ["models"] = Json([done]) },
        Text = TextOf(done),
    });

    private static string TextOf(CheckedRecipe done) =>
        $"{DisplayText.OneLine(done.Path)} is well.{(done.Models.Count == 0 ? " No model goes by it." : string.Empty)}\n"
        + string.Concat(done.Models.Select(each =>
            $"{DisplayText.OneLine(each.Model)}: {CostTable.Line(each.Planned.Report.Before, each.Planned.Report.After, null, each.Planned.Report.Sparsity)}{each.Planned.LaterText}{SparsityText.Caution(each.Planned.Report.Sparsity)}\n"));

    private static JsonArray Json(IEnumerable<CheckedRecipe> recipes) => new([.. recipes.SelectMany(done => done.Models.Select(each => Json(done.Path, each.Model, each.Planned)))]);

    private static JsonObject Json(string recipe, string model, PlannedModel planned)
    {
        var report = planned.Report;
        var document = new JsonObject
        {
            ["model"] = model,
            ["recipe"] = recipe,
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

        return document;
    }

    private Result<VerbOutput> CheckFolder(string folder, VerbContext context)
    {
        var recipes = places.RecipesBelow(folder);
        if (recipes.Count == 0)
        {
            return DiagnosticCodes.RecipeMissing.At(
                new SourceSpan(folder), $"There is no recipe in this folder or below: no {Usual} and no name.{Usual}; write one with modelslim init");
        }

        Result<CheckedRecipe>[] results = [.. recipes.Select(path => CheckRecipe(path, context))];
        var found = results.SelectMany(result => result.Diagnostics);
        CheckedRecipe[] done = [.. results.Select(result => result.Value).OfType<CheckedRecipe>()];
        return done.Length < results.Length
            ? Result<VerbOutput>.Failed(found)
            : Result<VerbOutput>.With(
                new VerbOutput
                {
                    Document = () => new JsonObject { ["recipes"] = new JsonArray([.. recipes.Select(path => JsonValue.Create(path))]), ["models"] = Json(done) },
                    Text = string.Concat(done.Select(TextOf)),
                },
                found);
    }

    private sealed record CheckedRecipe(string Path, IReadOnlyList<(string Model, PlannedModel Planned)> Models);
}
