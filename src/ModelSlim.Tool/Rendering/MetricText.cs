using System.Globalization;

namespace ModelSlim.Tool.Rendering;

/// <summary>Metrics in the form in which each is read: shares as percentages, errors as numbers.</summary>
internal static class MetricText
{
    private const string Error = "mse";

    /// <summary>A value.</summary>
    /// <param name="metric">Name of the metric.</param>
    /// <param name="value">Its value.</param>
    public static string Of(string metric, double value) =>
        IsError(metric) ? value == 0 ? "0" : value.ToString("0.###E+0", CultureInfo.InvariantCulture) : value.ToString("0.00%", CultureInfo.InvariantCulture);

    /// <summary>A difference, in points for shares.</summary>
    public static string Change(string metric, double before, double after) => IsError(metric)
        ? Quantity.Change(before, after)
        : (100 * (after - before)).ToString("+0.00 points;-0.00 points;0.00 points", CultureInfo.InvariantCulture);

    private static bool IsError(string metric) => metric.Equals(Error, StringComparison.OrdinalIgnoreCase);
}
