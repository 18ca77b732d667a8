using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Recipes;

/// <summary>Finds the recipe of a model, and the models of a recipe.</summary>
/// <param name="files">Where to look.</param>
public sealed class RecipeLocator(IFileView files)
{
    private const string Shared = "prune.yaml";
    private const string Own = ".prune.yaml";
    private const string Model = ".onnx";

    // Whether a project or a command line does so, the files do not tell.
    private const string Unless = "so none goes by it unless a SlimModel item, or -r, names it";

    /// <summary>True where a file has the name of a recipe: <c>prune.yaml</c>, or <c>name.prune.yaml</c>.</summary>
    public static bool IsRecipe(string path) =>
        Path.GetFileName(path) is var name && (name == Shared || (name.EndsWith(Own, StringComparison.Ordinal) && name.Length > Own.Length));

    private static string Short(string name) => Path.ChangeExtension(name, ".yml");

    /// <summary>For <c>dir/name.onnx</c>: <c>dir/name.prune.yaml</c> if it exists, else <c>dir/prune.yaml</c>, else null.</summary>
    public string? Find(string model)
    {
        var folder = Path.GetDirectoryName(model) ?? string.Empty;
        string[] candidates =
        [
            Path.Combine(folder, Path.GetFileNameWithoutExtension(model) + Own),
            Path.Combine(folder, Shared),
        ];
        return candidates.FirstOrDefault(candidate => files.Kind(candidate) == PathKind.File);
    }

    /// <summary>The recipe that a model has only since it lies in the folder: <c>prune.yaml</c>, and none of its own; else null.</summary>
    public string? FindShared(string model) => Find(model) is { } recipe && Path.GetFileName(recipe) == Shared ? recipe : null;

    /// <summary>
    /// MSLIM1007 where a model has no recipe, but a file beside it has the name of one except that it ends with <c>.yml</c>;
    /// else null.
    /// </summary>
    public Diagnostic? Misnamed(string model)
    {
        var folder = Path.GetDirectoryName(model) ?? string.Empty;
        string[] names = [Path.GetFileNameWithoutExtension(model) + Own, Shared];
        return Find(model) is null
            && names.FirstOrDefault(name => files.Kind(Path.Combine(folder, Short(name))) == PathKind.File) is { } meant
            ? DiagnosticCodes.RecipeMisnamed.At(
                new SourceSpan(Path.Combine(folder, Short(meant))), $"This file is not read; rename it to {meant}")
            : null;
    }

    /// <summary>
    /// MSLIM1008 where no model beside a recipe has the name that the recipe is for; else null, and where the recipe's name is none that a
    /// model is found by.
    /// </summary>
    public Diagnostic? Unused(string recipe)
    {
        if (!IsRecipe(recipe))
        {
            return null;
        }

        var name = Path.GetFileName(recipe);
        var models = files.List(Path.GetDirectoryName(recipe) ?? string.Empty, Model).Select(model => Path.GetFileName(model)).ToList();
        if (name == Shared)
        {
            return models.Count > 0 ? null : DiagnosticCodes.RecipeUnused.At(
                new SourceSpan(recipe), $"No model is in the folder of this recipe, {Unless}; it is for the .onnx files beside it, not for those in folders below");
        }

        var wanted = name[..^Own.Length] + Model;
        var near = NearestName.Of(wanted, models);
        return models.Contains(wanted) ? null : DiagnosticCodes.RecipeUnused.At(
            new SourceSpan(recipe), $"No model {DisplayText.Quote(wanted)} is beside this recipe, {Unless}{(near is null ? string.Empty : $"; did you mean {DisplayText.Quote(near)}?")}");
    }

    /// <summary>The models in the recipe's folder for which <see cref="Find"/> gives this recipe, in ordinal order.</summary>
    public IReadOnlyList<string> ModelsOf(string recipe) =>
        [.. files.List(Path.GetDirectoryName(recipe) ?? string.Empty, Model).Where(model => Find(model) == recipe)];
}
