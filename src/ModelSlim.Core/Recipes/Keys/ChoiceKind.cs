using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>One word of a few.</summary>
/// <typeparam name="T">What the words stand for.</typeparam>
/// <param name="choices">The words and what they stand for.</param>
internal sealed class ChoiceKind<T>(params ImmutableArray<(string Word, T Value)> choices) : ValueKind<T>
{
    /// <summary>Words that a later version will have; they get a message of their own.</summary>
    public ImmutableArray<string> Planned { get; init; } = [];

    /// <summary>Why this version does not have them; empty where there is nothing to say.</summary>
    public string PlannedBecause { get; init; } = "";

    /// <inheritdoc/>
    public override string Words => string.Join(", ", choices.Select(choice => $"`{choice.Word}`"));

    /// <inheritdoc/>
    public override JsonObject Schema() =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. choices.Select(choice => JsonValue.Create(choice.Word))]) };

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        var all = string.Join(", ", choices.Select(choice => choice.Word));
        if (node is not YamlNode.Scalar { IsText: true } scalar)
        {
            return reading.FailType(node, choices.Length == 1 ? all : $"one of {all}");
        }

        foreach (var (word, meaning) in choices)
        {
            if (word == scalar.Text)
            {
                value = meaning;
                return true;
            }
        }

        if (Planned.Contains(scalar.Text))
        {
            return reading.Fail(
                DiagnosticCodes.RecipeNotYet,
                node,
                $"{reading.Subject}: this version does not have {DisplayText.Quote(scalar.Text)}; it has {all}" +
                (PlannedBecause.Length > 0 ? $"; {PlannedBecause}" : string.Empty));
        }

        var near = NearestName.Of(scalar.Text, choices.Select(choice => choice.Word));
        return reading.Fail(
            DiagnosticCodes.RecipeChoice,
            node,
            $"{reading.Subject}: unknown value {DisplayText.Quote(scalar.Text)}; {(near is null ? $"use {all}" : $"did you mean '{near}'?")}");
    }

    /// <inheritdoc/>
    public override JsonNode Write(T value) =>
        JsonValue.Create(choices.First(choice => EqualityComparer<T>.Default.Equals(choice.Value, value)).Word);
}
