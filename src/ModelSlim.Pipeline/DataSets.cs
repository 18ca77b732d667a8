using ModelSlim.Core.Data;

namespace ModelSlim.Pipeline;

/// <summary>The data sets of a recipe, open.</summary>
/// <param name="Calibration">Unlabelled samples for statistics: the recipe's, else the training samples, else null.</param>
/// <param name="Train">Training samples, or null.</param>
/// <param name="Eval">Samples that the gates are judged on, or null.</param>
public sealed record DataSets(SampleSet? Calibration, SampleSet? Train, SampleSet? Eval) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Calibration?.Dispose();
        Train?.Dispose();
        Eval?.Dispose();
    }
}
