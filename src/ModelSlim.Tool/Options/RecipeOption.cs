using System.CommandLine;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Tool.Verbs;

namespace ModelSlim.Tool.Options;

/// <summary>The options <c>-r</c> and <c>--input</c>: which recipe counts for a model, and which sizes of its inputs.</summary>
internal sealed class RecipeOption
{
    private readonly Option<string?> option = new("--recipe", "-r")
    {
        Description = "The recipe; where it is left out, name.prune.yaml or prune.yaml beside the model",
        HelpName = "RECIPE",
    };

    private readonly InputOption inputs = new();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(option);
        inputs.AddTo(command);
    }

    /// <summary>The recipe that the user named, or the one beside the model; null where there is none.</summary>
    public string? Find(ParseResult line, string model, IFileView files) =>
        line.GetValue(option) ?? new RecipeLocator(files).Find(model);

    /// <summary>Loads the recipe of a model for its data, inputs and gates; without one, all of it is at its defaults.</summary>
    public Result<Recipe> LoadIfAny(ParseResult line, string model, VerbContext context) => Load(
        line, model, new RecipeOverrides { TargetMayMiss = true, Seed = context.Settings.Seed }, context.Host.Files);

    /// <summary>Loads the recipe of a model as it is, but for what every verb takes.</summary>
    public Result<Recipe> Load(ParseResult line, string model, VerbContext context) =>
        Load(line, model, new RecipeOverrides { Seed = context.Settings.Seed }, context.Host.Files);

    /// <summary>Loads the recipe of a model.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="model">Path of the model.</param>
    /// <param name="overrides">What the command line says in place of the recipe.</param>
    /// <param name="files">The files.</param>
    public Result<Recipe> Load(ParseResult line, string model, RecipeOverrides overrides, IFileView files) =>
        LoadFound(line, model, Find(line, model, files), overrides, files);

    /// <summary>Loads a recipe that <see cref="Find"/> found, or none; says where one is misnamed.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="model">Path of the model.</param>
    /// <param name="recipe">Path of the recipe; null where there is none.</param>
    /// <param name="overrides">What the command line says in place of the recipe.</param>
    /// <param name="files">The files.</param>
    public Result<Recipe> LoadFound(ParseResult line, string model, string? recipe, RecipeOverrides overrides, IFileView files)
    {
        var loaded = new RecipeLoader(files).Load(recipe, overrides with { Inputs = inputs.Read(line) });
        if (recipe is not null || new RecipeLocator(files).Misnamed(model) is not { } misnamed)
        {
            return loaded;
        }

        return loaded.Succeeded
            ? Result<Recipe>.With(loaded.Value, [misnamed, .. loaded.Diagnostics])
            : Result<Recipe>.Failed([misnamed, .. loaded.Diagnostics]);
    }
}
