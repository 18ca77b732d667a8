using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>A length of time of at least a second, written with its unit: <c>90s</c>, <c>10m</c>, <c>1.5h</c>.</summary>
internal sealed partial class DurationKind : ValueKind<TimeSpan>
{
    // At least one digit that is not 0, so that the schema refuses what is below a second too.
    private const string Pattern = @"^([1-9][0-9]{0,4}(\.[0-9]{1,3})?s|(?=[0-9.]*[1-9])[0-9]{1,4}(\.[0-9])?m|(?=[0-9.]*[1-9])[0-9]{1,3}(\.[0-9]{1,2})?h)$";
    private const string Expected = "a length of time such as 90s, 10m or 1.5h";
    private const string Least = "at least 1s";
    private const string Most = "below 100000s, 10000m or 1000h";

    /// <inheritdoc/>
    public override string Words => $"length of time such as `90s`, `10m` or `1.5h`, {Least}, {Most}";

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = Pattern };

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reading reading, out TimeSpan value)
    {
        value = default;
        if (node is not YamlNode.Scalar scalar)
        {
            return reading.FailType(node, Expected);
        }

        if (!Length().IsMatch(scalar.Text))
        {
            return scalar.IsText
                ? reading.Fail(DiagnosticCodes.RecipeRange, node, $"{reading.Subject} must be {Expected}, {Least} and {Most}, not {DisplayText.Quote(scalar.Text)}")
                : reading.FailType(node, Expected);
        }

        var number = double.Parse(scalar.Text[..^1], CultureInfo.InvariantCulture);
        value = TimeSpan.FromMilliseconds(Math.Round(number * scalar.Text[^1] switch { 's' => 1e3, 'm' => 60e3, _ => 3600e3 }));
        return true;
    }

    /// <inheritdoc/>
    public override JsonNode Write(TimeSpan value)
    {
        var (unit, number) = value.TotalHours == Math.Truncate(value.TotalHours) ? ('h', value.TotalHours)
            : value.TotalMinutes == Math.Truncate(value.TotalMinutes) ? ('m', value.TotalMinutes)
            : ('s', value.TotalSeconds);
        return JsonValue.Create(string.Create(CultureInfo.InvariantCulture, $"{number}{unit}"));
    }

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Length();
}
