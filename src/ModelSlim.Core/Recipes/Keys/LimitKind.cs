using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>A share of the original's, as <see cref="FractionKind"/> reads it, or an amount with its unit, such as <c>4MB</c>.</summary>
/// <param name="example">An amount, for messages.</param>
/// <param name="units">Names of units, and what an amount is multiplied by.</param>
internal sealed class LimitKind(string example, params (string Name, double Factor)[] units) : ValueKind<TargetLimit>
{
    private readonly Regex amounts = new($"^((?:0|[1-9][0-9]*)(?:[.][0-9]+)?) ?({string.Join('|', units.Select(unit => unit.Name))})$");
    private readonly FractionKind share = new(zero: false, one: true);

    /// <inheritdoc/>
    public override string Words => $"{share.Words}; or an amount in {string.Join(", ", units.Select(unit => unit.Name))}, such as `{example}`";

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var schema = share.Schema();
        schema["anyOf"]!.AsArray().Add(new JsonObject
        {
            ["type"] = "string",
            ["pattern"] = $"^(?!0([.]0+)?[ a-zA-Z])(0|[1-9][0-9]*)([.][0-9]+)? ?({string.Join('|', units.Select(unit => unit.Name))})$",
        });
        return schema;
    }

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out TargetLimit value)
    {
        value = null;
        if (node is YamlNode.Scalar scalar && Amount(scalar.Text) is { } amount)
        {
            value = new TargetLimit(amount, false);
            return (amount > 0 && double.IsFinite(amount)) || reading.Fail(DiagnosticCodes.RecipeRange, node, $"{reading.Subject} must be above 0");
        }

        if (node is YamlNode.Scalar { IsPlain: true } plain && double.TryParse(plain.Text, CultureInfo.InvariantCulture, out var number) && number > 1)
        {
            return reading.Fail(DiagnosticCodes.RecipeRange, node, $"{reading.Subject} needs a unit, such as {example}, or a share such as 50%");
        }

        if (!share.TryRead(node, reading, out var part))
        {
            return false;
        }

        value = new TargetLimit(part, true);
        return true;
    }

    /// <inheritdoc/>
    public override JsonNode Write(TargetLimit value) =>
        value.IsShare ? NumberRange.Json(value.Amount) : JsonValue.Create(value.Amount.ToString("0.############", CultureInfo.InvariantCulture) + units.First(unit => unit.Factor == 1).Name);

    private double? Amount(string text)
    {
        var match = amounts.Match(text);
        return match.Success
            ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * units.First(unit => unit.Name == match.Groups[2].Value).Factor
            : null;
    }
}
