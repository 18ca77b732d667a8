namespace ModelSlim.Core.Recipes;

/// <summary>Section <c>finetune</c>.</summary>
public sealed record FineTuneSpec
{
    /// <summary>Passes over the training data; 0 means none.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Steps of the optimizer, whatever <see cref="Epochs"/> says; null means that the epochs count.</summary>
    public int? Steps { get; init; }

    /// <summary>
    /// Time to train in, whatever <see cref="Epochs"/> says; null means that the epochs count. It says how many steps are taken, once,
    /// at the start, by how fast the machine is; the artifact keeps that number, and with it as <see cref="Steps"/> comes out again.
    /// </summary>
    public TimeSpan? Budget { get; init; }

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

    /// <summary>How training pictures differ each time they are seen; null means not at all.</summary>
    public AugmentSpec? Augment { get; init; }

    /// <summary>
    /// Part of the training samples that is held out to choose among epochs, 0 to 1; null means 2%, at least 256 and at most 2,048
    /// of them, where there is something to choose and they are no more than a tenth.
    /// </summary>
    public double? Validation { get; init; }

    /// <summary>Epochs in a row without a better score on the held-out samples that end the training; null means no end.</summary>
    public int? Patience { get; init; }

    /// <summary>Decay of a moving average of the weights, 0 to 1; null means none is kept.</summary>
    public double? Ema { get; init; }

    /// <summary>How it computes.</summary>
    public Numerics Numerics { get; init; } = Numerics.Portable;

    /// <summary>Seed of shuffles and everything else random.</summary>
    public long Seed { get; init; } = 1;
}
