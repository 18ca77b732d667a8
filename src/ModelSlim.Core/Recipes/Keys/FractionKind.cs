using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>A fraction from 0 to 1, written as such or as a percentage: <c>50%</c> is <c>0.5</c>.</summary>
/// <param name="zero">True where 0 is allowed.</param>
/// <param name="one">True where 1 is allowed.</param>
/// <param name="expected">What is expected, for messages.</param>
internal sealed partial class FractionKind(bool zero, bool one, string expected = "a fraction such as 0.5 or 50%") : ValueKind<double>
{
    private readonly NumberRange range = new(0, 1, !zero, !one);

    /// <inheritdoc/>
    public override string Words => $"fraction or percentage, {range}";

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            range.AddTo(new JsonObject { ["type"] = "number" }),
            new JsonObject
            {
                ["type"] = "string",
                ["pattern"] = $"^{(zero ? "" : @"(?!0(\.0+)?%$)")}({(one ? @"100(\.0+)?|" : "")}[1-9]?[0-9](\\.[0-9]+)?)%$",
            }),
    };

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reading reading, out double value)
    {
        if (node is YamlNode.Scalar scalar && Percent().Match(scalar.Text) is { Success: true } percent)
        {
            value = double.Parse(percent.Groups[1].Value + "e-2", CultureInfo.InvariantCulture);
        }
        else if (node is YamlNode.Scalar below && Negative().IsMatch(below.Text))
        {
            value = -1;
        }
        else if (!PlainNumber.TryRead(node, reading, expected, out value, "is not a plain percentage; write it such as 50%"))
        {
            return false;
        }

        if (range.Contains(value))
        {
            return true;
        }

        var hint = value is > 1 and <= 100 && !((YamlNode.Scalar)node).Text.EndsWith('%')
            ? $"; did you mean {((YamlNode.Scalar)node).Text}%?"
            : string.Empty;
        return reading.Fail(DiagnosticCodes.RecipeRange, node, $"{reading.Subject} must be a fraction {range}{hint}");
    }

    /// <inheritdoc/>
    public override JsonNode Write(double value) => NumberRange.Json(value);

    [GeneratedRegex(@"^-[0-9]+(\.[0-9]+)? ?%$")]
    private static partial Regex Negative();

    [GeneratedRegex(@"^((0|[1-9][0-9]*)(\.[0-9]+)?)%$")]
    private static partial Regex Percent();
}
