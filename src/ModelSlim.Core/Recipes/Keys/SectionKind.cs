using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>What can be said of a section without its type.</summary>
internal interface ISectionKind
{
    /// <summary>Every key inside, with the keys inside those, in the order of the table.</summary>
    /// <param name="path">Path of the section, empty for the whole recipe.</param>
    IEnumerable<RecipeKeyRow> Rows(string path);
}

/// <summary>A section: a fixed set of keys.</summary>
/// <typeparam name="T">What the section is read into.</typeparam>
/// <param name="start">The section with nothing written in it: its defaults.</param>
/// <param name="keys">Its keys.</param>
internal sealed class SectionKind<T>(T start, params ImmutableArray<RecipeKey<T>> keys) : ValueKind<T>, ISectionKind
    where T : class
{
    /// <summary>Keys that a later version will have; they get a message of their own.</summary>
    public ImmutableArray<string> Planned { get; init; } = [];

    /// <summary>Keys of which exactly one must be written.</summary>
    public ImmutableArray<string> ExactlyOneOf { get; init; } = [];

    /// <summary>Keys of which at least one must be written.</summary>
    public ImmutableArray<string> AnyOf { get; init; } = [];

    /// <summary>Keys of which one may be written, or none.</summary>
    public ImmutableArray<string> AtMostOneOf { get; init; } = [];

    /// <summary>Keys that must be written.</summary>
    public ImmutableArray<string> Required { get; init; } = [];

    /// <summary>Notes where the section is.</summary>
    public Func<T, SourceSpan, T> Locate { get; init; } = (section, _) => section;

    /// <inheritdoc/>
    public override string Words => "section" + Counted("one", ExactlyOneOf) + Counted("at least one", AnyOf) + Counted("at most one", AtMostOneOf);

    private bool MayBeEmpty => ExactlyOneOf.IsEmpty && AnyOf.IsEmpty && Required.IsEmpty;

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out T value)
    {
        value = Locate(start, reading.Span);
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

        var before = reading.Errors.Items.Count;
        var allKnown = true;
        foreach (var entry in entries.TakeWhile(_ => !reading.Errors.IsFull))
        {
            if (keys.FirstOrDefault(key => key.Name == entry.Key.Text) is { } key)
            {
                value = key.Bind(value, entry, reading);
            }
            else
            {
                allKnown = FailUnknown(entry.Key, reading);
            }
        }

        if (allKnown)
        {
            CheckPresence(node, [.. entries.Select(entry => entry.Key.Text)], reading);
        }

        return reading.Errors.Items.Count == before && !reading.Errors.IsFull;
    }

    /// <inheritdoc/>
    public override JsonNode Write(T value) => new JsonObject(
        keys.Select(key => KeyValuePair.Create(key.Name, key.ValueOf(value))).Where(pair => pair.Value is not null));

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (var key in keys)
        {
            var schema = key.Kind.Schema();
            schema["description"] = key.Description;
            if (key.Kind is not ISectionKind && key.ValueOf(start) is { } value)
            {
                schema["default"] = value;
            }

            properties[key.Name] = schema;
        }

        var section = new JsonObject
        {
            ["type"] = MayBeEmpty ? new JsonArray("object", "null") : JsonValue.Create("object"),
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
        AddPresence(section);
        return section;
    }

    /// <inheritdoc/>
    public IEnumerable<RecipeKeyRow> Rows(string path)
    {
        foreach (var key in keys)
        {
            var name = path.Length == 0 ? key.Name : $"{path}.{key.Name}";
            yield return new RecipeKeyRow(name, key.Kind, key.ValueOf(start), key.Description);
            foreach (var row in key.Kind is ISectionKind section ? section.Rows(name) : [])
            {
                yield return row;
            }
        }
    }

    private static string Counted(string count, ImmutableArray<string> names) =>
        names.IsEmpty ? string.Empty : $" with {count} of {List(names.Select(name => $"`{name}`"))}";

    private static string List(IEnumerable<string> names) => string.Join(", ", names);

    private bool FailUnknown(YamlNode.Scalar key, Reading reading)
    {
        var names = keys.Select(each => each.Name).ToList();
        if (Planned.Contains(key.Text))
        {
            return reading.Fail(
                DiagnosticCodes.RecipeNotYet,
                key,
                $"This version does not have {DisplayText.Quote(reading.PathOf(key.Text))}; it has {List(names)}");
        }

        var near = NearestName.Of(key.Text, names);
        var hint = near is not null ? $"did you mean '{near}'?"
            : RecipeKeys.Elsewhere(key.Text) is { } elsewhere ? $"did you mean '{elsewhere}'?"
            : $"known here: {List(names)}";
        return reading.Fail(DiagnosticCodes.RecipeUnknownKey, key, $"Unknown key {DisplayText.Quote(reading.PathOf(key.Text))}; {hint}");
    }

    private void CheckPresence(YamlNode node, IReadOnlyCollection<string> written, Reading reading)
    {
        foreach (var name in Required.Where(name => !written.Contains(name) && !reading.Given.Contains(reading.PathOf(name))))
        {
            reading.Fail(DiagnosticCodes.RecipeMissingKey, node, $"{reading.Subject} needs '{name}'");
        }

        var chosen = ExactlyOneOf.Count(written.Contains);
        if (!ExactlyOneOf.IsEmpty && chosen != 1)
        {
            reading.Fail(
                DiagnosticCodes.RecipeMissingKey,
                node,
                $"{reading.Subject} needs {(chosen == 0 ? "one" : "only one")} of {List(ExactlyOneOf)}");
        }

        if (AtMostOneOf.Where(written.Contains).ToArray() is [var first, var second, ..])
        {
            reading.Fail(
                DiagnosticCodes.RecipeConflict,
                node,
                $"{reading.Subject} has both {first} and {second}; it can have only one of {List(AtMostOneOf)}");
        }

        if (!AnyOf.IsEmpty && !AnyOf.Any(written.Contains))
        {
            reading.Fail(DiagnosticCodes.RecipeMissingKey, node, $"{reading.Subject} needs at least one of {List(AnyOf)}");
        }
    }

    private void AddPresence(JsonObject section)
    {
        if (!Required.IsEmpty)
        {
            section["required"] = Names(Required);
        }

        if (!ExactlyOneOf.IsEmpty)
        {
            section["oneOf"] = Alternatives(ExactlyOneOf);
        }

        if (!AnyOf.IsEmpty)
        {
            section["anyOf"] = Alternatives(AnyOf);
        }
    }

    private static JsonArray Alternatives(IEnumerable<string> names) =>
        new([.. names.Select(name => new JsonObject { ["required"] = Names([name]) })]);

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => JsonValue.Create(name))]);
}
