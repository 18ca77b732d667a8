using System.Text;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Tests.Recipes;

/// <summary>Resolves recipes that are written in a test.</summary>
internal static class RecipeText
{
    /// <summary>Folder of the recipe; absolute on every system.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "recipe"));

    /// <summary>What the tests' recipes may name: files a.gz, b.gz, x.npy, y.npy, x.csv, x.npz, folders pictures and tensors.</summary>
    public static MemoryFiles Files { get; } = new MemoryFiles()
        .With(At("a.gz")).With(At("b.gz")).With(At("x.npy")).With(At("y.npy")).With(At("x.csv")).With(At("x.npz")).WithFolder(At("pictures")).WithFolder(At("tensors"));

    public static string At(string name) => Path.Combine(Folder, name);

    public static Result<Recipe> Resolve(string text, RecipeOverrides? overrides = null) => new YamlReader()
        .Read("prune.yaml", Encoding.UTF8.GetBytes(text))
        .Then(root => new RecipeResolver(Files).Resolve(new RecipeFile("prune.yaml", Folder, root), overrides ?? RecipeOverrides.None));

    /// <summary>The recipe of a text that must be right.</summary>
    public static Recipe Recipe(string text)
    {
        var result = Resolve(text);
        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics));
        return result.Value;
    }

    /// <summary>The only error of a text that must have one.</summary>
    public static Diagnostic Error(string text)
    {
        var result = Resolve(text);
        Assert.False(result.Succeeded);
        return Assert.Single(result.Diagnostics);
    }
}
