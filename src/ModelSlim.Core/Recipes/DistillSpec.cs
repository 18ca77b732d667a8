namespace ModelSlim.Core.Recipes;

/// <summary>Section <c>finetune.distill</c> (Hinton, Vinyals, Dean 2015).</summary>
public sealed record DistillSpec
{
    /// <summary>Temperature of both softmaxes.</summary>
    public double Temperature { get; init; } = 4;

    /// <summary>Share of the distillation loss, 0 to 1; the rest is cross-entropy with the labels.</summary>
    public double Weight { get; init; } = 0.3;

    /// <summary>Weight of the distance of values inside the networks, beside the loss; 0 means that they are not compared.</summary>
    public double Features { get; init; }
}
