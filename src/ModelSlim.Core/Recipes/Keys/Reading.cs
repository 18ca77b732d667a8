using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>What it takes to read the value of one key.</summary>
/// <param name="Key">Path of the key, such as <c>prune.max_ratio</c>; empty for the whole recipe.</param>
/// <param name="Span">Where the key and its value are.</param>
/// <param name="Folder">Absolute folder of the recipe: what paths are relative to.</param>
/// <param name="Files">The files that paths name.</param>
/// <param name="Errors">Where errors go.</param>
internal sealed record Reading(string Key, SourceSpan Span, string Folder, IFileView Files, RecipeErrors Errors)
{
    /// <summary>Paths of keys whose values come from elsewhere, so that the recipe need not have them.</summary>
    public ImmutableHashSet<string> Given { get; init; } = [];

    /// <summary>Path of a key inside this one.</summary>
    public string PathOf(string name) => Key.Length == 0 ? name : $"{Key}.{name}";

    /// <summary>The reading of an entry of this section.</summary>
    public Reading In(YamlEntry entry) => this with { Key = PathOf(entry.Key.Text), Span = entry.Span };

    /// <summary>Adds an error about the value. Returns false.</summary>
    public bool Fail(DiagnosticDescriptor descriptor, YamlNode node, string message) =>
        Errors.Add(descriptor.At(node is YamlNode.Scalar { IsNull: true } ? Span : node.Span, message));

    /// <summary>Adds the error that a value is of the wrong type. Returns false.</summary>
    /// <param name="node">What is written.</param>
    /// <param name="expected">What is expected, such as <c>a number</c>.</param>
    public bool FailType(YamlNode node, string expected) =>
        Fail(DiagnosticCodes.RecipeType, node, $"{Subject} must be {expected}, not {Describe(node)}");

    /// <summary>The key as the subject of a sentence.</summary>
    public string Subject => Key.Length == 0 ? "The recipe" : DisplayText.Quote(Key)[1..^1];

    private static string Describe(YamlNode node) => node switch
    {
        YamlNode.Sequence => "a list",
        YamlNode.Mapping => "a section",
        YamlNode.Scalar { IsNull: true } => "empty",
        YamlNode.Scalar { IsPlain: false } scalar => $"the text {DisplayText.Quote(scalar.Text)}",
        YamlNode.Scalar scalar => DisplayText.Quote(scalar.Text),
        _ => "this",
    };
}
