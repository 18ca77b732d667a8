using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>A share of the weights, as <see cref="FractionKind"/> reads it, or a pattern such as <c>2:4</c>.</summary>
internal sealed partial class SparsityKind : ValueKind<SparsityTarget>
{
    private const int LargestBlock = 64;

    private readonly FractionKind share = new(zero: false, one: false);

    /// <inheritdoc/>
    public override string Words => $"{share.Words}; or a pattern N:M with N below M, such as `2:4`";

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var schema = share.Schema();
        schema["anyOf"]!.AsArray().Add(new JsonObject { ["type"] = "string", ["pattern"] = "^[1-9][0-9]?:[1-9][0-9]?$" });
        return schema;
    }

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out SparsityTarget value)
    {
        value = null;
        if (node is YamlNode.Scalar scalar && Pattern().Match(scalar.Text) is { Success: true } match)
        {
            var (stay, block) = (Number(match.Groups[1]), Number(match.Groups[2]));
            value = new SparsityTarget(stay, block);
            return (stay < block && block <= LargestBlock)
                || reading.Fail(DiagnosticCodes.RecipeRange, node, $"{reading.Subject}: of {block} weights {stay} cannot stay; N:M needs N below M, and M up to {LargestBlock}");
        }

        if (!share.TryRead(node, reading, out var part))
        {
            return false;
        }

        value = new SparsityTarget(part);
        return true;
    }

    /// <inheritdoc/>
    public override JsonNode Write(SparsityTarget value) =>
        value.IsPattern ? JsonValue.Create(value.ToString()) : NumberRange.Json(value.Share);

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("^([1-9][0-9]?):([1-9][0-9]?)$")]
    private static partial Regex Pattern();
}
