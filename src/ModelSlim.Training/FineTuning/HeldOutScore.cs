using System.Collections.Immutable;

namespace ModelSlim.Training.FineTuning;

/// <summary>How good a model is on held-out samples: numbers that stand for the same samples in every score; more is better.</summary>
/// <param name="Values">1 or 0 for each sample that a classifier got right or wrong; else minus the loss of each batch.</param>
internal sealed record HeldOutScore(ImmutableArray<float> Values)
{
    private const double StandardErrors = 2;

    /// <summary>Their mean.</summary>
    public double Mean => Values.Average(value => (double)value);

    /// <summary>
    /// True where this score is lower by more than two standard errors of the paired difference: less says nothing about other
    /// samples.
    /// </summary>
    public bool IsClearlyBelow(HeldOutScore other)
    {
        var differences = Values.Zip(other.Values, (own, others) => (double)others - own).ToArray();
        var mean = differences.Average();
        var variance = differences.Sum(difference => (difference - mean) * (difference - mean)) / Math.Max(1, differences.Length - 1);
        return mean > 0 && mean * mean * differences.Length > StandardErrors * StandardErrors * variance;
    }
}
