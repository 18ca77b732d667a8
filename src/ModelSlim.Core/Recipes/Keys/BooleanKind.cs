using System.Text.Json.Nodes;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>True or false.</summary>
internal sealed class BooleanKind : ValueKind<bool>
{
    /// <inheritdoc/>
    public override string Words => "`true`, `false`";

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "boolean" };

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reading reading, out bool value)
    {
        value = false;
        return node is YamlNode.Scalar { IsBoolean: true } scalar
            ? bool.TryParse(scalar.Text, out value)
            : reading.FailType(node, "true or false");
    }

    /// <inheritdoc/>
    public override JsonNode Write(bool value) => JsonValue.Create(value);
}
