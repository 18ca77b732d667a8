using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>A name, as the model has it.</summary>
internal sealed class NameKind : ValueKind<string>
{
    /// <inheritdoc/>
    public override string Words => "name";

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "string", ["minLength"] = 1 };

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out string value)
    {
        value = (node as YamlNode.Scalar)?.Text;
        return node is YamlNode.Scalar { IsText: true, Text.Length: > 0 } || reading.FailType(node, "a name; write it in quotes");
    }

    /// <inheritdoc/>
    public override JsonNode Write(string value) => JsonValue.Create(value);
}
