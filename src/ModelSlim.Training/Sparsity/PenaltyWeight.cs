using ModelSlim.Core.Recipes;
using ModelSlim.Training.FineTuning;

namespace ModelSlim.Training.Sparsity;

/// <summary>
/// How strong a penalty is. Found automatically, it is what takes the strongest of the channels that are to go to zero by the
/// end of training: the length that it has left, over the learning rates that are left to come. It is looked at anew at every
/// eighth of training, changes by a factor of 2 at the most, and falls where more right answers are lost than allowed.
/// </summary>
/// <param name="given">The weight; null means that it is found.</param>
/// <param name="share">Fraction of all channels that is to go.</param>
/// <param name="training">The training, whose learning rates count.</param>
/// <param name="largestDrop">Fraction of right answers that may be lost.</param>
internal sealed class PenaltyWeight(double? given, double share, FineTuneSpec training, double largestDrop)
{
    private const int Reviews = 8;
    private const int LastReview = 6;

    private double[]? left;
    private double weight;
    private double best;
    private double hits;
    private double samples;

    /// <summary>The weight of a step.</summary>
    /// <param name="moment">The step.</param>
    /// <param name="lengths">What is left of each channel of all groups; asked for where it is needed.</param>
    public double Of(TrainingMoment moment, Func<IReadOnlyList<double>> lengths)
    {
        if (given is { } fixedWeight)
        {
            return fixedWeight;
        }

        left ??= RatesLeft(moment.Total);
        hits += moment.Outcome?.Hits ?? 0;
        samples += moment.Outcome?.Samples ?? 0;
        if (moment.Done == 1)
        {
            weight = Aim(moment, lengths());
        }
        else if (IsReview(moment))
        {
            var right = samples > 0 ? hits / samples : 0;
            best = Math.Max(best, right);
            (hits, samples) = (0, 0);
            weight = best - right > largestDrop ? weight / 2 : Math.Clamp(Aim(moment, lengths()), weight / 2, weight * 2);
        }

        return weight;
    }

    private static bool IsReview(TrainingMoment moment)
    {
        var (before, now) = ((long)(moment.Done - 1) * Reviews / moment.Total, (long)moment.Done * Reviews / moment.Total);
        return now > before && now <= LastReview;
    }

    private double Aim(TrainingMoment moment, IReadOnlyList<double> lengths)
    {
        var place = Math.Clamp((int)(share * lengths.Count), 0, lengths.Count - 1);
        return lengths.Order().ElementAt(place) / left![moment.Done - 1];
    }

    // For each step the sum of its learning rate and of all that come after it.
    private double[] RatesLeft(int total)
    {
        var rates = new LearningRate(training, total);
        var sums = new double[total];
        var sum = 0.0;
        for (var step = total - 1; step >= 0; step--)
        {
            sums[step] = sum += rates.At(step);
        }

        return sums;
    }
}
