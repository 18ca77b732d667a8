using ModelSlim.Core.Recipes;
using ModelSlim.Training.Checkpoints;
using ModelSlim.Training.FineTuning;

namespace ModelSlim.Training.Sparsity;

/// <summary>
/// How strong a penalty is on channels that compete. Found automatically, it is what takes the strongest of those that are to
/// go to zero by the last step of the penalty: the length that it has left, over the learning rates that are left to come. It is
/// looked at anew at every eighth, changes by a factor of 2 at the most, and falls where more right answers are lost than
/// allowed.
/// </summary>
/// <param name="given">The weight; null means that it is found.</param>
/// <param name="going">How many of the channels are to go.</param>
/// <param name="training">The training, whose learning rates count.</param>
/// <param name="largestDrop">Fraction of right answers that may be lost.</param>
internal sealed class PenaltyWeight(double? given, int going, FineTuneSpec training, double largestDrop)
{
    private const int Reviews = 8;

    private double[]? left;
    private double weight;
    private double best;
    private double hits;
    private double samples;

    /// <summary>The weight of a step.</summary>
    /// <param name="moment">The step.</param>
    /// <param name="last">The last step of the penalty.</param>
    /// <param name="lengths">What is left of each channel.</param>
    public double Of(TrainingMoment moment, int last, IReadOnlyCollection<double> lengths)
    {
        if (given is { } fixedWeight)
        {
            return fixedWeight;
        }

        left ??= RatesLeft(moment.Total, last);
        hits += moment.Outcome?.Hits ?? 0;
        samples += moment.Outcome?.Samples ?? 0;
        if (moment.Done == 1)
        {
            weight = Aim(moment, lengths);
        }
        else if ((long)moment.Done * Reviews / last > (long)(moment.Done - 1) * Reviews / last)
        {
            var right = samples > 0 ? hits / samples : 0;
            best = Math.Max(best, right);
            (hits, samples) = (0, 0);
            weight = best - right > largestDrop ? weight / 2 : Math.Clamp(Aim(moment, lengths), weight / 2, weight * 2);
        }

        return weight;
    }

    /// <summary>Writes what it remembers from step to step.</summary>
    public void Save(StateWriter writer) => writer.Write(new State(weight, best, hits, samples));

    /// <summary>Goes on from there.</summary>
    public void Load(StateReader reader) => (weight, best, hits, samples) = reader.Read<State>();

    private double Aim(TrainingMoment moment, IReadOnlyCollection<double> lengths) =>
        going == 0 ? 0 : lengths.Order().ElementAt(going - 1) / Math.Max(left![moment.Done - 1], double.Epsilon);

    // For each step the sum of its learning rate and of all that come after it until the last.
    private double[] RatesLeft(int total, int last)
    {
        var rates = new LearningRate(training, total);
        var sums = new double[last];
        var sum = 0.0;
        for (var step = last - 1; step >= 0; step--)
        {
            sums[step] = sum += rates.At(step);
        }

        return sums;
    }

    private sealed record State(double Weight, double Best, double Hits, double Samples);
}
