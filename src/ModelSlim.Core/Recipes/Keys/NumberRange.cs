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

    /// <summary>Such as <c>above 0, at most 1</c>.</summary>
    public override string ToString() => Min == Max
        ? Text(Min)
        : $"{(MinOpen ? "above" : "at least")} {Text(Min)}, {(MaxOpen ? "below" : "at most")} {Text(Max)}";

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
