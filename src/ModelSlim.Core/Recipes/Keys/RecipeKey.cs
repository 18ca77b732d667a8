using System.Text.Json.Nodes;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>One key of a section: its name, what it means, how it is read and where its value goes.</summary>
/// <typeparam name="TSection">What the section is read into.</typeparam>
/// <param name="name">Name as it is written.</param>
/// <param name="description">What it means, in one line.</param>
internal abstract class RecipeKey<TSection>(string name, string description)
{
    /// <summary>Name as it is written.</summary>
    public string Name { get; } = name;

    /// <summary>What it means, in one line.</summary>
    public string Description { get; } = description;

    /// <summary>What it can hold.</summary>
    public abstract ValueKind Kind { get; }

    /// <summary>Makes a key whose value goes into the section.</summary>
    public static RecipeKey<TSection> Of<TValue>(
        string name,
        ValueKind<TValue> kind,
        Func<TSection, TValue?> get,
        Func<TSection, TValue, TSection> set,
        string description) =>
        new RecipeKey<TSection, TValue>(name, kind, get, set, description);

    /// <summary>Makes a key that has one value only, so that nothing need be kept of it.</summary>
    public static RecipeKey<TSection> Fixed<TValue>(string name, ValueKind<TValue> kind, TValue value, string description) =>
        Of(name, kind, _ => value, (section, _) => section, description);

    /// <summary>The section with the value of an entry; as it was where the value is wrong.</summary>
    public abstract TSection Bind(TSection section, YamlEntry entry, Reading reading);

    /// <summary>The value that a section has, as a recipe would have it; null where there is none.</summary>
    public abstract JsonNode? ValueOf(TSection section);
}

/// <inheritdoc/>
/// <typeparam name="TSection">What the section is read into.</typeparam>
/// <typeparam name="TValue">Type of the value.</typeparam>
/// <param name="name">Name as it is written.</param>
/// <param name="kind">What it can hold.</param>
/// <param name="get">The value that a section has.</param>
/// <param name="set">The section with a value.</param>
/// <param name="description">What it means, in one line.</param>
internal sealed class RecipeKey<TSection, TValue>(
    string name,
    ValueKind<TValue> kind,
    Func<TSection, TValue?> get,
    Func<TSection, TValue, TSection> set,
    string description)
    : RecipeKey<TSection>(name, description)
{
    /// <inheritdoc/>
    public override ValueKind Kind => kind;

    /// <inheritdoc/>
    public override TSection Bind(TSection section, YamlEntry entry, Reading reading) =>
        kind.TryRead(entry.Value, reading.In(entry), out var value) ? set(section, value) : section;

    /// <inheritdoc/>
    public override JsonNode? ValueOf(TSection section) => get(section) is { } value ? kind.Write(value) : kind.WriteNothing();
}
