using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelSlim.Core.Recipes.Keys;

namespace ModelSlim.Core.Recipes;

/// <summary>The keys of prune.yaml as the Markdown table of the README.</summary>
public sealed class RecipeTable
{
    /// <summary>Line before the table in the README.</summary>
    public const string Start = "<!-- recipe:start -->";

    /// <summary>Line after the table in the README.</summary>
    public const string End = "<!-- recipe:end -->";

    /// <summary>Writes it: a row a key, in the order of a full recipe.</summary>
    public string Write()
    {
        var table = new StringBuilder("| Key | Values | Default | Meaning |\n|---|---|---|---|\n");
        foreach (var row in RecipeKeys.Root.Rows(string.Empty))
        {
            var standard = row.Kind is ISectionKind ? string.Empty : Default(row.Default);
            table.Append($"| `{row.Path}` | {row.Kind.Words} | {standard} | {row.Description} |\n");
        }

        return table.ToString();
    }

    private static string Default(JsonNode? value) => value switch
    {
        null => string.Empty,
        JsonValue text when text.GetValueKind() == JsonValueKind.String => $"`{text.GetValue<string>()}`",
        _ => $"`{value.ToJsonString().ToLowerInvariant()}`",
    };
}
