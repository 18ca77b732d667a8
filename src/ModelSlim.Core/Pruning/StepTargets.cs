using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Pruning;

/// <summary>
/// Targets on the way to a target: every step takes the same share of what is left, and the last reaches it. A latency in
/// milliseconds is left to the last, since nobody knows before what share of the original's it is. Of single weights many go at
/// first and few at last (Zhu and Gupta 2017, equation 1).
/// </summary>
public sealed class StepTargets
{
    /// <summary>The target of a step.</summary>
    /// <param name="target">The target.</param>
    /// <param name="step">The step, from 1.</param>
    /// <param name="steps">Number of steps.</param>
    /// <param name="bytes">Size of the original's file.</param>
    public TargetSpec Of(TargetSpec target, int step, int steps, long bytes) => step == steps ? target : target with
    {
        Macs = Part(target.Macs, step, steps),
        Params = Part(target.Params, step, steps),
        Size = Part(target.Size?.ShareOf(bytes), step, steps) is { } size ? new TargetLimit(size, true) : null,
        Sparsity = target.Sparsity is { IsPattern: false } sparsity ? sparsity with { Share = sparsity.Share * Gone(step, steps) } : target.Sparsity,
        Latency = target.Latency is { IsShare: true } latency ? new TargetLimit(Part(latency.Amount, step, steps)!.Value, true) : null,
    };

    private static double Gone(int step, int steps) => 1 - Math.Pow(1 - ((double)step / steps), 3);

    private static double? Part(double? share, int step, int steps) =>
        share is { } whole ? Math.Pow(whole, (double)step / steps) : null;
}
