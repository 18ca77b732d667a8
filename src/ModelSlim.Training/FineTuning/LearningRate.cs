using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.FineTuning;

/// <summary>The learning rate of every step: up in a line while warming up, then as the schedule says.</summary>
internal sealed class LearningRate
{
    private readonly double peak;
    private readonly Schedule schedule;
    private readonly int steps;
    private readonly int warmUp;

    /// <summary>Plans the steps.</summary>
    /// <param name="spec">Peak, schedule and share of warm-up.</param>
    /// <param name="steps">All steps of all epochs.</param>
    public LearningRate(FineTuneSpec spec, int steps)
    {
        peak = spec.Optimizer.LearningRate;
        schedule = spec.Schedule;
        this.steps = steps;
        warmUp = (int)Math.Round(spec.Warmup * steps);
    }

    /// <summary>The rate of a step, counted from 0.</summary>
    public double At(int step)
    {
        if (step < warmUp)
        {
            return peak * (step + 1) / (warmUp + 1);
        }

        return schedule == Schedule.Constant
            ? peak
            : peak * 0.5 * (1 + Math.Cos(Math.PI * (step - warmUp) / Math.Max(1, steps - warmUp)));
    }
}
