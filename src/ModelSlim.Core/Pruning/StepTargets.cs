using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Pruning;

/// <summary>Targets on the way to a target: every step takes the same share of what is left, and the last reaches it.</summary>
public sealed class StepTargets
{
    /// <summary>The target of a step.</summary>
    /// <param name="target">The target.</param>
    /// <param name="step">The step, from 1.</param>
    /// <param name="steps">Number of steps.</param>
    public TargetSpec Of(TargetSpec target, int step, int steps) => step == steps ? target : target with
    {
        Macs = Part(target.Macs, step, steps),
        Params = Part(target.Params, step, steps),
    };

    private static double? Part(double? share, int step, int steps) =>
        share is { } whole ? Math.Pow(whole, (double)step / steps) : null;
}
