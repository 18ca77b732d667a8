using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>Values by names that the user chooses.</summary>
/// <typeparam name="T">Type of a value.</typeparam>
internal sealed class MapKind<T>(ValueKind<T> item) : ValueKind<ImmutableSortedDictionary<string, T>>
{
    /// <inheritdoc/>
    public override string Words => $"by name: {item.Words}";

    /// <inheritdoc/>
    public override JsonObject Schema() =>
        new() { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = item.Schema() };

    /// <inheritdoc/>
    public override bool TryRead(
        YamlNode node, Reading reading, [MaybeNullWhen(false)] out ImmutableSortedDictionary<string, T> value)
    {
        value = null;
        var entries = node switch
        {
            YamlNode.Mapping mapping => mapping.Entries,
            YamlNode.Scalar { IsNull: true } => [],
            _ => default,
        };
        if (entries.IsDefault)
        {
            return reading.FailType(node, "a section");
        }

        var items = ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
        foreach (var entry in entries.TakeWhile(_ => !reading.Errors.IsFull))
        {
            if (item.TryRead(entry.Value, reading.In(entry), out var read))
            {
                items.Add(entry.Key.Text, read);
            }
        }

        value = items.ToImmutable();
        return items.Count == entries.Length;
    }

    /// <inheritdoc/>
    public override JsonNode? Write(ImmutableSortedDictionary<string, T> value) => value.IsEmpty
        ? null
        : new JsonObject(value.Select(pair => KeyValuePair.Create(pair.Key, item.Write(pair.Value))));
}
