using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>A name, or the number of a column.</summary>
internal sealed class LabelsKind : ValueKind<string>
{
    /// <inheritdoc/>
    public override string Words => "name or integer";

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string", ["minLength"] = 1 }, new JsonObject { ["type"] = "integer" }),
    };

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out string value)
    {
        value = null;
        if (node is not YamlNode.Scalar { IsNull: false, Text.Length: > 0 } scalar
            || (!scalar.IsText && !int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
        {
            return reading.FailType(node, "a name, or the number of a column");
        }

        value = scalar.Text;
        return true;
    }

    /// <inheritdoc/>
    public override JsonNode Write(string value) => JsonValue.Create(value);
}
