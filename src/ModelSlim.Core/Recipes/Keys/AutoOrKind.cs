using System.Text.Json.Nodes;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>A value, or the word <c>auto</c> where ModelSlim is to choose: null.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
/// <param name="kind">What it can hold otherwise.</param>
/// <param name="texts">True where such a value may be a text, as percentages are.</param>
internal sealed class AutoOrKind<T>(ValueKind<T> kind, bool texts = false) : ValueKind<T?>
    where T : struct
{
    private const string Auto = "auto";

    /// <inheritdoc/>
    public override string Words => $"`{Auto}`, or {kind.Words}";

    /// <inheritdoc/>
    public override JsonObject Schema() =>
        new() { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string", ["enum"] = new JsonArray(Auto) }, kind.Schema()) };

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reading reading, out T? value)
    {
        value = null;
        if (node is YamlNode.Scalar { IsText: true } scalar && (scalar.Text == Auto || !texts))
        {
            return scalar.Text == Auto || reading.FailType(node, $"{Auto} or a {kind.Words}");
        }

        var read = kind.TryRead(node, reading, out var inner);
        value = inner;
        return read;
    }

    /// <inheritdoc/>
    public override JsonNode WriteNothing() => JsonValue.Create(Auto);

    /// <inheritdoc/>
    public override JsonNode? Write(T? value) => value is { } inner ? kind.Write(inner) : JsonValue.Create(Auto);
}
