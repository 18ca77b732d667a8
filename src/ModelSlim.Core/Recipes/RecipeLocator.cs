using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Recipes;

/// <summary>Finds the recipe of a model, and the models of a recipe.</summary>
/// <param name="files">Where to look.</param>
public sealed class RecipeLocator(IFileView files)
{
    private const string Shared = "prune.yaml";
    private const string Own = ".prune.yaml";
    private const string Model = ".onnx";

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

    /// <summary>The models in the recipe's folder for which <see cref="Find"/> gives this recipe, in ordinal order.</summary>
    public IReadOnlyList<string> ModelsOf(string recipe) =>
        [.. files.List(Path.GetDirectoryName(recipe) ?? string.Empty, Model).Where(model => Find(model) == recipe)];
}
