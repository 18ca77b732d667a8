namespace ModelSlim.Core.Recipes;

/// <summary>Finds the recipe of a model.</summary>
/// <param name="files">Where to look.</param>
public sealed class RecipeLocator(IFileView files)
{
    /// <summary>For <c>dir/name.onnx</c>: <c>dir/name.prune.yaml</c> if it exists, else <c>dir/prune.yaml</c>, else null.</summary>
    public string? Find(string model)
    {
        var folder = Path.GetDirectoryName(model) ?? string.Empty;
        string[] candidates =
        [
            Path.Combine(folder, Path.GetFileNameWithoutExtension(model) + ".prune.yaml"),
            Path.Combine(folder, "prune.yaml"),
        ];
        return candidates.FirstOrDefault(candidate => files.Kind(candidate) == PathKind.File);
    }
}
