namespace ModelSlim.Core.Recipes;

/// <summary>Section <c>finetune</c>.</summary>
public sealed record FineTuneSpec
{
    /// <summary>Passes over the training data; 0 means none.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Samples a step.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>The optimizer.</summary>
    public OptimizerSpec Optimizer { get; init; } = new OptimizerSpec.Sgd();

    /// <summary>Course of the learning rate.</summary>
    public Schedule Schedule { get; init; } = Schedule.Cosine;

    /// <summary>Share of all steps in which the learning rate rises from 0.</summary>
    public double Warmup { get; init; } = 0.05;

    /// <summary>Distillation from the original model; null means labels alone.</summary>
    public DistillSpec? Distill { get; init; }

    /// <summary>Seed of shuffles and everything else random.</summary>
    public long Seed { get; init; } = 1;
}
