using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.FineTuning;

/// <summary>How long a training is.</summary>
/// <param name="Total">Steps in all.</param>
/// <param name="PerEpoch">Steps an epoch.</param>
internal readonly record struct TrainingLength(int Total, int PerEpoch)
{
    /// <summary>Epochs, the last of which may be shorter.</summary>
    public int Epochs => (int)(((long)Total + PerEpoch - 1) / PerEpoch);

    /// <summary>The length that a recipe asks for.</summary>
    /// <param name="spec">How to train, without a budget (<see cref="StepBudget"/>).</param>
    /// <param name="perEpoch">Steps an epoch.</param>
    public static TrainingLength Of(FineTuneSpec spec, int perEpoch) => spec.Budget is null
        ? new(spec.Steps ?? checked(spec.Epochs * perEpoch), perEpoch)
        : throw new ArgumentException("How many steps fit into the budget is not known yet.", nameof(spec));

    /// <summary>True where some samples are seen more than once, so that there are epochs to choose among.</summary>
    /// <param name="spec">How to train; a budget counts as if it were so.</param>
    /// <param name="samples">Number of samples, held out or not.</param>
    public static bool Repeats(FineTuneSpec spec, int samples) =>
        spec.Budget is not null || (spec.Steps is { } steps ? (long)steps * spec.Batch > samples : spec.Epochs > 1);
}
