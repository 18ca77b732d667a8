using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>A file or folder that must exist; read as an absolute path.</summary>
internal sealed partial class DataPathKind(PathKind wanted) : ValueKind<string>
{
    private const string Portable = @"^[^\\\u0000-\u001f\u007f]+$";

    /// <inheritdoc/>
    public override string Words => wanted == PathKind.Folder ? "folder" : "file";

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = Portable };

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reading reading, out string value)
    {
        value = string.Empty;
        if (node is not YamlNode.Scalar { IsNull: false } scalar)
        {
            return reading.FailType(node, $"the path of a {Words}");
        }

        if (!scalar.IsText)
        {
            return reading.FailType(node, $"the path of a {Words}; write it in quotes");
        }

        if (!PortablePath().IsMatch(scalar.Text))
        {
            return reading.Fail(
                DiagnosticCodes.RecipePath,
                node,
                $"{reading.Subject}: {DisplayText.Quote(scalar.Text)} is not a path for every system; use / and no control characters");
        }

        value = Path.GetFullPath(scalar.Text, reading.Folder);
        return reading.Files.Kind(value) switch
        {
            PathKind.Missing => reading.Fail(
                DiagnosticCodes.RecipeDataMissing,
                node,
                $"{reading.Subject}: {Words} {DisplayText.Quote(scalar.Text)} not found; paths are relative to the recipe's folder"),
            var found when found != wanted => reading.Fail(
                DiagnosticCodes.RecipeDataMissing,
                node,
                $"{reading.Subject}: {DisplayText.Quote(scalar.Text)} is a {(found == PathKind.Folder ? "folder" : "file")}; a {Words} is wanted"),
            _ => true,
        };
    }

    /// <inheritdoc/>
    public override JsonNode Write(string value) => JsonValue.Create(value);

    [GeneratedRegex(Portable)]
    private static partial Regex PortablePath();
}
