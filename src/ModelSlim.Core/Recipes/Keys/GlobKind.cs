using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>A glob of names.</summary>
internal sealed class GlobKind : ValueKind<IgnorePattern>
{
    /// <inheritdoc/>
    public override string Words => "glob";

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "string", ["minLength"] = 1 };

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out IgnorePattern value)
    {
        value = null;
        switch (node)
        {
            case YamlNode.Scalar { IsText: true, Text.Length: > 0 } scalar:
                value = new IgnorePattern(scalar.Text, scalar.Span);
                return true;
            case YamlNode.Scalar { IsText: false, IsNull: false }:
                return reading.FailType(node, "a name or glob; write it in quotes");
            default:
                return reading.FailType(node, "a name or glob");
        }
    }

    /// <inheritdoc/>
    public override JsonNode Write(IgnorePattern value) => JsonValue.Create(value.Glob);
}
