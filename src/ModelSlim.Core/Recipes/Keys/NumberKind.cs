using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>A number in a range.</summary>
internal sealed class NumberKind(NumberRange range) : ValueKind<double>
{
    /// <inheritdoc/>
    public override string Words => $"number {range.Words}".TrimEnd();

    /// <inheritdoc/>
    public override JsonObject Schema() => range.AddTo(new JsonObject { ["type"] = "number" });

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reading reading, out double value) =>
        PlainNumber.TryRead(node, reading, "a number", out value)
        && (range.Contains(value) || reading.Fail(DiagnosticCodes.RecipeRange, node, $"{reading.Subject} must be {range}"));

    /// <inheritdoc/>
    public override JsonNode Write(double value) => NumberRange.Json(value);
}
