using System.Globalization;

namespace ModelSlim.Core.Recipes;

/// <summary>The most that something may be: a share of the original's, or an amount.</summary>
/// <param name="Amount">The share, from 0 to 1, or the amount in the unit of what is limited: bytes, milliseconds.</param>
/// <param name="IsShare">True where it is a share.</param>
public sealed record TargetLimit(double Amount, bool IsShare)
{
    /// <summary>The limit as an amount.</summary>
    /// <param name="original">What the original has.</param>
    public double Of(double original) => IsShare ? Amount * original : Amount;

    /// <summary>The limit as a share.</summary>
    /// <param name="original">What the original has.</param>
    public double ShareOf(double original) => IsShare ? Amount : Amount / original;

    /// <summary>As people read it.</summary>
    /// <param name="unit">Unit of an amount.</param>
    public string Text(string unit) => IsShare
        ? (100 * Amount).ToString("0.###", CultureInfo.InvariantCulture) + "%"
        : Amount.ToString("0.###", CultureInfo.InvariantCulture) + " " + unit;
}
