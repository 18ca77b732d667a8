using System.Globalization;
using System.Text.RegularExpressions;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>Numbers as recipes have them: decimal, finite, with a point, without quotes.</summary>
internal static partial class PlainNumber
{
    /// <summary>Reads a number, or says what is wrong with it.</summary>
    /// <param name="node">What is written.</param>
    /// <param name="reading">Where errors go.</param>
    /// <param name="expected">What is expected, such as <c>a number</c>.</param>
    /// <param name="value">The number; never infinite, never -0.</param>
    /// <param name="percentage">What is wrong with a percentage.</param>
    public static bool TryRead(
        YamlNode node, Reading reading, string expected, out double value, string percentage = "is a percentage; this key takes a plain number")
    {
        value = 0;
        if (node is not YamlNode.Scalar scalar || scalar.IsNull || scalar.IsBoolean)
        {
            return reading.FailType(node, expected);
        }

        var text = scalar.Text;
        if (scalar.IsPlain && Decimal().IsMatch(text))
        {
            value = double.Parse(text, CultureInfo.InvariantCulture) + 0.0;
            return double.IsFinite(value)
                || reading.Fail(DiagnosticCodes.RecipeNumber, node, $"{reading.Subject}: {DisplayText.Quote(text)} is too large for a number");
        }

        return Hint(scalar, percentage) is { } hint
            ? reading.Fail(DiagnosticCodes.RecipeNumber, node, $"{reading.Subject}: {DisplayText.Quote(text)} {hint}")
            : reading.FailType(node, expected);
    }

    private static string? Hint(YamlNode.Scalar scalar, string percentage)
    {
        var text = scalar.Text;
        return !scalar.IsPlain && Decimal().IsMatch(text) ? "is a text; write the number without quotes"
            : Comma().IsMatch(text) ? $"has a decimal comma; write {text.Replace(',', '.')}"
            : Percent().IsMatch(text) ? percentage
            : NotFinite().IsMatch(text) ? "is not a finite number"
            : OtherBase().IsMatch(text) ? "is not a plain decimal number; write it without prefix, underscore or leading zero"
            : null;
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^[-+]?[0-9]+,[0-9]+$")]
    private static partial Regex Comma();

    [GeneratedRegex(@"^[-+]?[0-9.]+ *%$")]
    private static partial Regex Percent();

    [GeneratedRegex(@"^[-+]?\.?(inf|infinity|nan)$", RegexOptions.IgnoreCase)]
    private static partial Regex NotFinite();

    [GeneratedRegex(@"^[-+]?(0x[0-9a-f]+|0o[0-7]+|0b[01]+|0[0-9]+(\.[0-9]*)?|[0-9][0-9_]*_[0-9_]*(\.[0-9]*)?)$", RegexOptions.IgnoreCase)]
    private static partial Regex OtherBase();
}
