using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>A whole number in a range, written with digits alone.</summary>
/// <typeparam name="T">Type of the number.</typeparam>
internal sealed class IntegerKind<T>(T min, T max) : ValueKind<T>
    where T : struct, IBinaryInteger<T>
{
    private const string Expected = "a whole number";
    private static readonly Regex Digits = new("^[-+]?[0-9]+$", RegexOptions.CultureInvariant);

    private string Range => min == max ? $"{min}" : $"at least {min}, at most {max}";

    /// <inheritdoc/>
    public override string Words => min == max ? $"`{min}`"
        : max == T.CreateChecked(int.MaxValue) ? $"whole number, at least {min}"
        : $"whole number, {Range}";

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["type"] = "integer",
        ["minimum"] = long.CreateChecked(min),
        ["maximum"] = long.CreateChecked(max),
    };

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reading reading, out T value)
    {
        value = T.Zero;
        if (!PlainNumber.TryRead(node, reading, Expected, out _))
        {
            return false;
        }

        var text = ((YamlNode.Scalar)node).Text;
        if (!Digits.IsMatch(text))
        {
            return reading.FailType(node, Expected);
        }

        return (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= min && value <= max)
            || reading.Fail(DiagnosticCodes.RecipeRange, node, $"{reading.Subject} must be {Range}");
    }

    /// <inheritdoc/>
    public override JsonNode Write(T value) => JsonValue.Create(long.CreateChecked(value));
}
