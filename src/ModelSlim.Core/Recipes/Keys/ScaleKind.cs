using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>A factor above 0, written as a number or as a quotient such as <c>1/255</c>.</summary>
internal sealed partial class ScaleKind : ValueKind<double>
{
    private const string QuotientPattern =
        @"^(?=[0-9.]*[1-9])([0-9]{1,9}(\.[0-9]{1,9})?)/(?=[0-9.]*[1-9])([0-9]{1,9}(\.[0-9]{1,9})?)$";

    private static readonly NumberRange Range = new(0, 1e9, MinOpen: true);

    /// <inheritdoc/>
    public override string Words => $"number {Range.Words}, or a quotient such as `1/255`";

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            Range.AddTo(new JsonObject { ["type"] = "number" }),
            new JsonObject { ["type"] = "string", ["pattern"] = QuotientPattern }),
    };

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reading reading, out double value)
    {
        if (node is YamlNode.Scalar scalar && Quotient().Match(scalar.Text) is { Success: true } quotient)
        {
            value = double.Parse(quotient.Groups[1].Value, CultureInfo.InvariantCulture)
                / double.Parse(quotient.Groups[3].Value, CultureInfo.InvariantCulture);
            return true;
        }

        return PlainNumber.TryRead(node, reading, "a number or a quotient such as 1/255", out value)
            && (Range.Contains(value) || reading.Fail(DiagnosticCodes.RecipeRange, node, $"{reading.Subject} must be {Range}"));
    }

    /// <inheritdoc/>
    public override JsonNode Write(double value) => NumberRange.Json(value);

    [GeneratedRegex(QuotientPattern)]
    private static partial Regex Quotient();
}
