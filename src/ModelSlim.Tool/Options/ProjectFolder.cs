using ModelSlim.Core.Locking;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Tool.Options;

/// <summary>What a folder has for a build, as a project has it: models, recipes and a lock file.</summary>
internal sealed class ProjectFolder
{
    private static readonly string[] Built = ["bin", "obj", "node_modules"];
    private static readonly string[] Projects = ["*.csproj", "*.fsproj", "*.vbproj"];

    /// <summary>
    /// The models in a folder and below that have a recipe beside them, in ordinal order; as in a project, what lies in <c>bin</c>,
    /// <c>obj</c> and in hidden folders is none of them.
    /// </summary>
    public IReadOnlyList<string> ModelsBelow(string folder, IFileView files)
    {
        var locator = new RecipeLocator(files);
        return [.. Below(folder, "*.onnx").Where(path => locator.Find(path) is not null)];
    }

    /// <summary>The recipes in a folder and below, in ordinal order, in the same places.</summary>
    public IReadOnlyList<string> RecipesBelow(string folder) => [.. Below(folder, "*prune.yaml").Where(RecipeLocator.IsRecipe)];

    /// <summary>The lock file for a folder, or for a model: in the nearest folder above that has a project or a lock file, else beside the model.</summary>
    public string LockFileFor(string path)
    {
        if (Directory.Exists(path))
        {
            return Path.Combine(path, LockFile.Name);
        }

        var own = Path.GetDirectoryName(Path.GetFullPath(path))!;
        for (var folder = own; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var file = Path.Combine(folder, LockFile.Name);
            if (File.Exists(file) || (Directory.Exists(folder) && Projects.Any(pattern => Directory.EnumerateFiles(folder, pattern).Any())))
            {
                return file;
            }
        }

        return Path.Combine(own, LockFile.Name);
    }

    private static IEnumerable<string> Below(string folder, string pattern)
    {
        var below = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint, MatchCasing = MatchCasing.CaseInsensitive };
        return Directory.EnumerateFiles(folder, pattern, below)
            .Where(path => !Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar).SkipLast(1).Any(IsLeftOut))
            .Order(StringComparer.Ordinal);
    }

    private static bool IsLeftOut(string folder) => folder.StartsWith('.') || Built.Contains(folder, StringComparer.OrdinalIgnoreCase);
}
