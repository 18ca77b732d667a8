using System.Globalization;

namespace ModelSlim.Tool.Rendering;

/// <summary>Numbers as people read them.</summary>
internal static class Quantity
{
    private static readonly string[] Prefixes = ["", " k", " M", " G", " T"];

    /// <summary>Three digits and a prefix: 41.2 M.</summary>
    public static string Count(long number) => Scaled(number, Prefixes);

    /// <summary>A few things: 1 result, 2 results.</summary>
    public static string Of(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";

    /// <summary>Bytes: 1.2 MB.</summary>
    public static string Bytes(long number) => Scaled(number, [" B", " kB", " MB", " GB", " TB"]);

    /// <summary>The change from one number to another: -50.2%.</summary>
    public static string Change(double before, double after) =>
        before == 0 ? string.Empty : ((after / before) - 1).ToString("+0.0%;-0.0%;0.0%", CultureInfo.InvariantCulture);

    /// <summary>A fraction as a percentage: 91.5%.</summary>
    public static string Percent(double fraction) => fraction.ToString("0.0%", CultureInfo.InvariantCulture);

    /// <summary>A time: 850 ms, 12.5 s, 3:05 min, 1:02:03 h.</summary>
    public static string Time(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => $"{time.TotalMilliseconds:0} ms",
        { TotalSeconds: < 10 } => $"{time.TotalSeconds:0.0} s",
        { TotalSeconds: < 60 } => $"{time.TotalSeconds:0} s",
        { TotalHours: < 1 } => $"{time.Minutes}:{time.Seconds:00} min",
        _ => $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00} h",
    };

    /// <summary>A latency in milliseconds: 1.23 ms.</summary>
    public static string Milliseconds(double time) => $"{time.ToString(time < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture)} ms";

    private static string Scaled(double number, string[] units)
    {
        var unit = 0;
        while (unit < units.Length - 1 && Math.Abs(number) >= 999.5)
        {
            number /= 1000;
            unit++;
        }

        var digits = unit == 0 ? "0" : Math.Abs(number) switch { < 9.995 => "0.00", < 99.95 => "0.0", _ => "0" };
        return number.ToString(digits, CultureInfo.InvariantCulture) + units[unit];
    }
}
