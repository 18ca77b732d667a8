using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>What can be said of a kind of value without its type.</summary>
internal abstract class ValueKind
{
    /// <summary>The values it allows, for the README table; Markdown.</summary>
    public abstract string Words { get; }

    /// <summary>JSON schema (draft-07) that accepts what <c>TryRead</c> accepts, files and other keys aside.</summary>
    public abstract JsonObject Schema();
}

/// <summary>A kind of value that a key can have: how it is read, checked, shown and described to editors.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
internal abstract class ValueKind<T> : ValueKind
{
    /// <summary>Reads and checks a value. Says what is wrong through <paramref name="reading"/> where there is none.</summary>
    public abstract bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out T value);

    /// <summary>What a recipe would have to say nothing; null where it has to leave the key out.</summary>
    public virtual JsonNode? WriteNothing() => null;

    /// <summary>The value as JSON, in the form in which a recipe would have it; null where there is nothing to write.</summary>
    public abstract JsonNode? Write(T value);
}
