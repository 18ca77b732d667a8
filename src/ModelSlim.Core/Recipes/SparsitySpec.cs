namespace ModelSlim.Core.Recipes;

/// <summary>
/// Section <c>sparsity</c>: training before the cut, of methods that decide in training. All that is not here is as
/// <see cref="FineTuneSpec"/> says.
/// </summary>
public sealed record SparsitySpec
{
    /// <summary>Passes over the training data before each cut.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>What makes channels fade.</summary>
    public Regularizer Regularizer { get; init; } = Regularizer.ScaleL1;

    /// <summary>How strong that is; null means that it follows from the target and the drop that is allowed (auto).</summary>
    public double? Weight { get; init; }
}
