using System.CommandLine;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Tool.Verbs;

namespace ModelSlim.Tool.Options;

/// <summary>The option <c>-r</c>: which recipe counts for a model.</summary>
internal sealed class RecipeOption
{
    private readonly Option<string?> option = new("--recipe", "-r")
    {
        Description = "The recipe; where it is left out, name.prune.yaml or prune.yaml beside the model",
        HelpName = "RECIPE",
    };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(option);

    /// <summary>The recipe that the user named, or the one beside the model; null where there is none.</summary>
    public string? Find(ParseResult line, string model, IFileView files) =>
        line.GetValue(option) ?? new RecipeLocator(files).Find(model);

    /// <summary>Loads the recipe of a model for its data, inputs and gates; without one, all of it is at its defaults.</summary>
    public Result<Recipe> LoadIfAny(ParseResult line, string model, VerbContext context) => Load(
        line, model, new RecipeOverrides { Target = new TargetSpec(), Seed = context.Settings.Seed }, context.Host.Files);

    /// <summary>Loads the recipe of a model.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="model">Path of the model.</param>
    /// <param name="overrides">What the command line says in place of the recipe.</param>
    /// <param name="files">The files.</param>
    public Result<Recipe> Load(ParseResult line, string model, RecipeOverrides overrides, IFileView files) =>
        new RecipeLoader(files).Load(Find(line, model, files), overrides);
}
