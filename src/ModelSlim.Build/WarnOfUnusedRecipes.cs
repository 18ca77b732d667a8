using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;

namespace ModelSlim.Build;

/// <summary>
/// Tells of each recipe that no model goes by: none beside it has its name, and no item names it. Without this, a model whose name is
/// written in another way would go into the output as it is, in silence. Models have metadata <c>Recipe</c>, an absolute path.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class WarnOfUnusedRecipes : WarningTask
{
    private const string Own = ".prune.yaml";
    private const string Model = ".onnx";
    private const int Shown = 3;

    /// <summary>The recipes of the project.</summary>
    [Required]
    public ITaskItem[] Recipes { get; set; } = [];

    /// <summary>Folder of the project, absolute.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        var log = NewLog();
        var used = new HashSet<string>(Models.Select(model => model.GetMetadata("Recipe")), PathNames.Comparer);
        foreach (var recipe in Recipes.Select(item => PathNames.Absolute(ProjectDirectory, item.ItemSpec)).Where(path => !used.Contains(path)))
        {
            if (Missing(recipe) is { } message)
            {
                log.Warning(BuildCodes.RecipeUnused, recipe, message);
            }
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>What a recipe lacks; null where a model that it may be for is there, whether or not that is slimmed.</summary>
    private static string? Missing(string recipe)
    {
        var (folder, name) = (Path.GetDirectoryName(recipe)!, Path.GetFileName(recipe));
        string[] models = Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*" + Model).Select(Path.GetFileName).OrderBy(model => model, StringComparer.Ordinal)] : [];
        if (!name.EndsWith(Own, StringComparison.OrdinalIgnoreCase))
        {
            return models.Length > 0
                ? null
                : "No model is in the folder of this recipe, so it slims nothing in this build; it is for the .onnx files beside it, not for those in folders below.";
        }

        var wanted = name.Substring(0, name.Length - Own.Length) + Model;
        var others = models.Length == 0 ? "" : $"; beside it: {string.Join(", ", models.Take(Shown))}{(models.Length > Shown ? " ..." : "")}";
        return File.Exists(Path.Combine(folder, wanted))
            ? null
            : $"No model '{wanted}' is beside this recipe, so it slims nothing in this build{others}. Give model and recipe the same name, or name the recipe in Recipe of a SlimModel item.";
    }
}
