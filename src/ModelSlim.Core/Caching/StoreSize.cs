using System.Globalization;
using System.Text.RegularExpressions;
using ModelSlim.Core.Files;

namespace ModelSlim.Core.Caching;

/// <summary>Sizes and ages of stores as people write them.</summary>
public static partial class StoreSize
{
    /// <summary>The variable that says how large a store may become.</summary>
    public const string Variable = "MODELSLIM_CACHE_MAX_SIZE";

    /// <summary>How large a store may become where nobody says otherwise: 10 GiB.</summary>
    public const long Default = 10L << 30;

    // In any case, which kB and KB are one in; and a store can be larger than a file.
    private static readonly Dictionary<string, double> Units = ByteUnits.All.Concat([(Name: "TB", Bytes: 1e12), (Name: "TiB", Bytes: 1L << 40)])
        .DistinctBy(unit => unit.Name, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(unit => unit.Name, unit => unit.Bytes, StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, TimeSpan> Times = new(StringComparer.OrdinalIgnoreCase)
    {
        ["m"] = TimeSpan.FromMinutes(1),
        ["h"] = TimeSpan.FromHours(1),
        ["d"] = TimeSpan.FromDays(1),
    };

    /// <summary>Reads a size such as <c>500 MB</c>, <c>2.5GiB</c> or <c>0B</c>.</summary>
    /// <returns>Bytes; null where it is no such size.</returns>
    public static long? Read(string text) =>
        Split(text) is var (number, unit) && Units.TryGetValue(unit, out var factor) && number * factor < long.MaxValue / 2 ? (long)(number * factor) : null;

    /// <summary>Reads an age such as <c>30d</c>, <c>12h</c> or <c>45m</c>.</summary>
    /// <returns>The age; null where it is none.</returns>
    public static TimeSpan? ReadAge(string text) =>
        Split(text) is var (number, unit) && Times.TryGetValue(unit, out var factor) && number * factor.TotalDays < 100_000 ? number * factor : null;

    /// <summary>How large a store may become.</summary>
    /// <param name="written">What the variable says; null or empty where nobody says.</param>
    /// <returns>Bytes; null for <c>none</c>, which is any size; the usual limit, and false, where the variable says something else.</returns>
    public static (long? MaxSize, bool IsUnderstood) Limit(string? written) => written switch
    {
        null or "" => (Default, true),
        "none" => (null, true),
        _ => Read(written) is { } size ? (size, true) : (Default, false),
    };

    private static (double Number, string Unit)? Split(string text) =>
        Form().Match(text) is { Success: true } match ? (double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), match.Groups[2].Value) : null;

    [GeneratedRegex(@"^([0-9]{1,15}(?:\.[0-9]{1,9})?) ?([A-Za-z]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
