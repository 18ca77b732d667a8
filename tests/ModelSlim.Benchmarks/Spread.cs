using System.Globalization;

namespace ModelSlim.Benchmarks;

/// <summary>Mean and range of one figure over several runs.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Least">The least of them.</param>
/// <param name="Most">The most.</param>
internal sealed record Spread(double Mean, double Least, double Most)
{
    /// <summary>Of these figures, one at least.</summary>
    public static Spread Of(IReadOnlyCollection<double> figures) => new(figures.Average(), figures.Min(), figures.Max());

    /// <summary>As percent: the mean, and half of the range where there is one.</summary>
    public override string ToString() => Most > Least
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * Mean:F2} ± {50 * (Most - Least):F2}")
        : string.Create(CultureInfo.InvariantCulture, $"{100 * Mean:F2}");
}
