using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes;

/// <summary>A prune.yaml as the user wrote it: nothing is filled in, nothing is checked but that it is YAML.</summary>
/// <param name="Path">Path for messages, as the user wrote it.</param>
/// <param name="Folder">Absolute folder that paths inside are relative to.</param>
/// <param name="Root">What is written.</param>
public sealed record RecipeFile(string Path, string Folder, YamlNode Root)
{
    /// <summary>Where a key and its value are.</summary>
    /// <param name="keys">Path of the key, such as <c>accept.max_drop</c>.</param>
    /// <returns>The place of the key, or of the innermost section of the path that is written.</returns>
    public SourceSpan SpanOf(string keys)
    {
        var (node, span) = (Root, Root.Span);
        foreach (var key in keys.Split('.'))
        {
            if ((node as YamlNode.Mapping)?.Entries.FirstOrDefault(entry => entry.Key.Text == key) is not { } found)
            {
                break;
            }

            (node, span) = (found.Value, found.Span);
        }

        return span;
    }
}
