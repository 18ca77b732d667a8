using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes;

/// <summary>From a path, or a command line alone, to a resolved recipe.</summary>
/// <param name="files">Where the recipe and the files it names are.</param>
public sealed class RecipeLoader(IFileView files)
{
    /// <summary>Loads a recipe.</summary>
    /// <param name="path">Path of the recipe as the user wrote it; null where there is none.</param>
    /// <param name="overrides">What the command line says; without a recipe it must have a target, or need none.</param>
    public Result<Recipe> Load(string? path, RecipeOverrides overrides)
    {
        var resolver = new RecipeResolver(files);
        if (path is not null)
        {
            return Read(path).Then(file => resolver.Resolve(file, overrides));
        }

        if (overrides is { Target: null, TargetMayMiss: false })
        {
            return DiagnosticCodes.RecipeMissing.Says(
                "No recipe and no target; write prune.yaml beside the model, or give a target such as macs=50%");
        }

        var nowhere = new SourceSpan("modelslim");
        return resolver.Resolve(
            new RecipeFile(nowhere.File, string.Empty, new YamlNode.Mapping([], nowhere)), overrides);
    }

    /// <summary>Reads a recipe without resolving it.</summary>
    /// <param name="path">Path of the recipe as the user wrote it.</param>
    public Result<RecipeFile> Read(string path)
    {
        if (files.Kind(path) == PathKind.Folder)
        {
            return DiagnosticCodes.RecipeMissing.At(
                new SourceSpan(path), $"This is a folder; name the recipe in it, such as {Path.Combine(path, "prune.yaml")}");
        }

        byte[] bytes;
        try
        {
            bytes = files.ReadStart(path, YamlReader.LargestText + 1);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var reason = error is FileNotFoundException or DirectoryNotFoundException ? "File not found" : error.Message;
            return DiagnosticCodes.RecipeMissing.At(new SourceSpan(path), $"The recipe cannot be read: {reason}");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return new YamlReader().Read(path, bytes).Then<RecipeFile>(root => new RecipeFile(path, folder, root));
    }
}
