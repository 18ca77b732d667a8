using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes;

/// <summary>What a recipe was resolved from, so that whatever is wrong with it is shown where it was said.</summary>
/// <param name="File">What is written.</param>
/// <param name="Overrides">What the command line says in its place.</param>
internal sealed record RecipeSource(RecipeFile File, RecipeOverrides Overrides)
{
    /// <summary>True where there is a recipe, and not a command line alone.</summary>
    public bool IsWritten => File.Folder.Length > 0;

    /// <summary>Where a key is: in the command line, or in the recipe as <see cref="RecipeFile.SpanOf"/> says.</summary>
    /// <param name="keys">Path of the key.</param>
    public SourceSpan SpanOf(string keys) =>
        (keys == "target" || keys.StartsWith("target.", StringComparison.Ordinal)) && Overrides.Target?.Location is { } option ? option : File.SpanOf(keys);

    /// <summary>Where an item of a list is.</summary>
    /// <param name="key">A key of the recipe.</param>
    /// <param name="item">Which item, from 0.</param>
    public SourceSpan SpanOf(string key, int item) =>
        (File.Root as YamlNode.Mapping)?.Entries.FirstOrDefault(entry => entry.Key.Text == key)?.Value is YamlNode.Sequence list && item < list.Items.Length
            ? list.Items[item].Span
            : SpanOf(key);

    /// <summary>What to do where fine-tuning is missing: write it, or leave out the option that switches it off.</summary>
    public string HowToTrain => Overrides.NoFineTune && File.SpanOf("finetune") != File.Root.Span
        ? "finetune, which --no-finetune switches off; leave that option out"
        : "data.train and finetune with epochs of at least 1; add them";
}
