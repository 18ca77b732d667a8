using System.Text.Json.Nodes;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>A key as a row of a table.</summary>
/// <param name="Path">Path, such as <c>prune.max_ratio</c>.</param>
/// <param name="Kind">What it can hold.</param>
/// <param name="Default">Its value where it is not written; null where it has none.</param>
/// <param name="Description">What it means, in one line.</param>
internal sealed record RecipeKeyRow(string Path, ValueKind Kind, JsonNode? Default, string Description);
