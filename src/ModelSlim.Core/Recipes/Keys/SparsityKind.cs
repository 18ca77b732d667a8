using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>A share of the weights, as <see cref="FractionKind"/> reads it, alone or in blocks as in <c>80% in 4x1</c>, or a pattern such as <c>2:4</c>.</summary>
internal sealed partial class SparsityKind : ValueKind<SparsityTarget>
{
    private const int LargestBlock = 64;
    private const string BlockPattern = "([2-9]|[1-5][0-9]|6[0-4])";

    private readonly FractionKind share = new(zero: false, one: false, "a share such as 80%, a pattern N:M such as 2:4, or a share in blocks such as 80% in 4x1");

    /// <inheritdoc/>
    public override string Words => $"{share.Words}; or a pattern N:M with N below M and M at most {LargestBlock}, such as `2:4`; or a percentage in blocks of 2 to {LargestBlock} outputs, such as `80% in 4x1`";

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var schema = share.Schema();
        schema["anyOf"]!.AsArray().Add(new JsonObject { ["type"] = "string", ["pattern"] = $"^[1-9][0-9]?:{BlockPattern}$" });
        schema["anyOf"]!.AsArray().Add(new JsonObject { ["type"] = "string", ["pattern"] = $@"^(?!0(\.0+)?%)([1-9]?[0-9](\.[0-9]+)?)% in {BlockPattern}x1$" });
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

        var outputs = 1;
        if (node is YamlNode.Scalar whole && Blocks().Match(whole.Text) is { Success: true } blocks)
        {
            (node, outputs) = (whole with { Text = blocks.Groups[1].Value }, Number(blocks.Groups[2]));
            if (outputs is < 2 or > LargestBlock)
            {
                return reading.Fail(DiagnosticCodes.RecipeRange, node, $"{reading.Subject}: blocks of Bx1 need B from 2 to {LargestBlock}");
            }
        }

        if (!share.TryRead(node, reading, out var part))
        {
            return false;
        }

        value = new SparsityTarget(part) { Outputs = outputs };
        return true;
    }

    /// <inheritdoc/>
    public override JsonNode Write(SparsityTarget value) =>
        value.Pattern is not null ? JsonValue.Create(value.ToString()) : NumberRange.Json(value.Share);

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("^([1-9][0-9]?):([1-9][0-9]?)$")]
    private static partial Regex Pattern();

    [GeneratedRegex("^(.*%) in ([1-9][0-9]?)x1$")]
    private static partial Regex Blocks();
}
