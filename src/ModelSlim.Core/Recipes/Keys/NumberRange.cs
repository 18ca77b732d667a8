using System.Globalization;
using System.Text.Json.Nodes;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>A range of numbers.</summary>
/// <param name="Min">Lower end.</param>
/// <param name="Max">Upper end.</param>
/// <param name="MinOpen">True where the lower end itself is not allowed.</param>
/// <param name="MaxOpen">True where the upper end itself is not allowed.</param>
internal sealed record NumberRange(double Min, double Max, bool MinOpen = false, bool MaxOpen = false)
{
    /// <summary>True where the number is in the range.</summary>
    public bool Contains(double number) =>
        (MinOpen ? number > Min : number >= Min) && (MaxOpen ? number < Max : number <= Max);

    /// <summary>What every number is within: ends that only keep sums finite, and that nobody needs to read about.</summary>
    private const double Far = 1e9;

    /// <summary>The same as the text, without ends that nobody meets: empty, or <c>above 0</c>.</summary>
    public string Words => string.Join(", ", new[] { Math.Abs(Min) < Far ? Lower : null, Math.Abs(Max) < Far ? Upper : null }.OfType<string>());

    /// <summary>Such as <c>above 0, at most 1</c>.</summary>
    public override string ToString() => Min == Max
        ? Text(Min)
        : $"{Lower}, {Upper}";

    private string Lower => $"{(MinOpen ? "above" : "at least")} {Text(Min)}";

    private string Upper => $"{(MaxOpen ? "below" : "at most")} {Text(Max)}";

    /// <summary>Adds the range to a JSON schema of type number or integer.</summary>
    public JsonObject AddTo(JsonObject schema)
    {
        schema[MinOpen ? "exclusiveMinimum" : "minimum"] = Json(Min);
        schema[MaxOpen ? "exclusiveMaximum" : "maximum"] = Json(Max);
        return schema;
    }

    /// <summary>A number as JSON, without a fraction where it is whole.</summary>
    public static JsonNode Json(double number) =>
        Math.Abs(number) < 1e15 && number == Math.Truncate(number) ? JsonValue.Create((long)number) : JsonValue.Create(number);

    private static string Text(double number) => number.ToString("0.############", CultureInfo.InvariantCulture);
}
