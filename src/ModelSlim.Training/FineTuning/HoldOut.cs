using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.FineTuning;

/// <summary>Which samples are trained on, and which are held out to choose among epochs. Follows from the seed alone.</summary>
/// <param name="Train">Samples to train on, rising.</param>
/// <param name="HeldOut">Samples held out, rising; empty where nothing is chosen or samples are too few.</param>
internal sealed record HoldOut(ImmutableArray<int> Train, ImmutableArray<int> HeldOut)
{
    private const double Share = 0.02;
    private const int Least = 256;
    private const int Most = 2048;

    // Fewer samples than this are better trained on than judged by.
    private const int LeastTimes = 10;

    /// <summary>Splits samples.</summary>
    /// <param name="spec">How to train.</param>
    /// <param name="samples">Number of samples.</param>
    public static HoldOut Of(FineTuneSpec spec, int samples)
    {
        var count = Math.Min(spec.Validation is { } share ? (int)Math.Ceiling(share * samples) : Automatic(spec, samples), samples - 1);
        var order = new SplitMix(spec.Seed, "validation").Permutation(samples);
        return new HoldOut([.. order.Skip(count).Order()], [.. order.Take(count).Order()]);
    }

    private static int Automatic(FineTuneSpec spec, int samples) =>
        (TrainingLength.Repeats(spec, samples) || spec.Patience is not null || spec.Ema is not null) && samples >= Least * LeastTimes
            ? Math.Clamp((int)(Share * samples), Least, Most)
            : 0;
}
