using System.Globalization;

namespace ModelSlim.Benchmarks;

/// <summary>One figure over several runs.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation of one run; null where there is one alone.</param>
internal sealed record Spread(double Mean, double? Deviation)
{
    /// <summary>Of these figures, one at least.</summary>
    public static Spread Of(IReadOnlyCollection<double> figures)
    {
        var mean = figures.Average();
        return new Spread(mean, figures.Count > 1 ? Math.Sqrt(figures.Sum(figure => (figure - mean) * (figure - mean)) / (figures.Count - 1)) : null);
    }

    /// <summary>As percent: the mean, and the deviation where there is one.</summary>
    public override string ToString() => Deviation is { } deviation
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * Mean:F2} ± {100 * deviation:F2}")
        : string.Create(CultureInfo.InvariantCulture, $"{100 * Mean:F2}");
}
