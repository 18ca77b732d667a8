using System.Text.Json.Nodes;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>A value of a key that means nothing where it is left out: null.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
internal sealed class OptionalKind<T>(ValueKind<T> kind) : ValueKind<T?>
    where T : struct
{
    /// <inheritdoc/>
    public override string Words => kind.Words;

    /// <inheritdoc/>
    public override JsonObject Schema() => kind.Schema();

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reading reading, out T? value)
    {
        var read = kind.TryRead(node, reading, out var inner);
        value = inner;
        return read;
    }

    /// <inheritdoc/>
    public override JsonNode? Write(T? value) => value is { } inner ? kind.Write(inner) : null;
}
