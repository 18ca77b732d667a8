namespace ModelSlim.Evaluation.Exits;

/// <summary>How sure a head must be, and what that does on the samples that it was chosen on.</summary>
/// <param name="Value">Samples with a confidence above it leave.</param>
/// <param name="Rate">Share of samples that leave.</param>
/// <param name="Drop">Drop of the metric, as a fraction.</param>
/// <param name="Bound">What the drop on other samples of the kind stays below, with a confidence of 95%.</param>
public sealed record ExitThreshold(float Value, double Rate, double Drop, double Bound)
{
    // One-sided 95% of the normal distribution.
    private const double Quantile = 1.645;

    /// <summary>
    /// Chooses the lowest threshold at which the drop surely stays within what is allowed. Harm and gain are counts of rare events, so
    /// the standard error of their difference is the square root of their sum; one event more stands for those that were not seen.
    /// </summary>
    /// <param name="confidence">How sure the head is of each sample.</param>
    /// <param name="losses">What each sample loses where it leaves: 1 where the original is right and the head is not, -1 the other way round, else 0.</param>
    /// <param name="allowed">Largest drop, as a fraction.</param>
    /// <returns>Null where no threshold does.</returns>
    public static ExitThreshold? Choose(IReadOnlyList<double> confidence, IReadOnlyList<int> losses, double allowed)
    {
        var count = confidence.Count;
        int[] order = [.. Enumerable.Range(0, count).OrderByDescending(i => confidence[i]).ThenBy(i => i)];
        ExitThreshold? best = null;
        int loss = 0, events = 0;
        for (var left = 1; left <= count; left++)
        {
            loss += losses[order[left - 1]];
            events += losses[order[left - 1]] == 0 ? 0 : 1;
            var (last, next) = (confidence[order[left - 1]], left < count ? confidence[order[left]] : 0);
            var value = (float)((last + next) / 2);
            var bound = (loss + (Quantile * Math.Sqrt(events + 1))) / count;
            if (bound <= allowed && value < last && value >= next)
            {
                best = new ExitThreshold(value, (double)left / count, (double)loss / count, bound);
            }
        }

        return best;
    }
}
