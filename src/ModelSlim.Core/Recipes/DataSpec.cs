namespace ModelSlim.Core.Recipes;

/// <summary>Section <c>data</c>.</summary>
public sealed record DataSpec
{
    /// <summary>Unlabelled samples for statistics; null means the training data, or noise where there is none.</summary>
    public DataSource? Calibration { get; init; }

    /// <summary>Training samples.</summary>
    public DataSource? Train { get; init; }

    /// <summary>Samples that the gates are judged on.</summary>
    public DataSource? Eval { get; init; }

    /// <summary>From file to model input.</summary>
    public PreprocessSpec Preprocess { get; init; } = new();
}
