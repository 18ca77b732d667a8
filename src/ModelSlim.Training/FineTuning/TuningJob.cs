using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Checkpoints;

namespace ModelSlim.Training.FineTuning;

/// <summary>What to fine-tune, and how.</summary>
/// <param name="Student">The slim model.</param>
/// <param name="Teacher">The original, which the student is distilled from.</param>
/// <param name="Spec">Section <c>finetune</c> of the recipe.</param>
/// <param name="Train">Training samples; the caller disposes of them.</param>
public sealed record TuningJob(OnnxModel Student, OnnxModel Teacher, FineTuneSpec Spec, SampleSet Train)
{
    /// <summary>How pictures lie in a sample.</summary>
    public ImageLayout Layout { get; init; }

    /// <summary>Names of the weights in which zeros stay zero.</summary>
    public ImmutableArray<string> Masked { get; init; } = [];

    /// <summary>True where the outputs are values inside the network, and no scores of classes.</summary>
    public bool StandIn { get; init; }

    /// <summary>How more become zero meanwhile; null where none do.</summary>
    public MaskGrowth? Growth { get; init; }

    /// <summary>Where it keeps how far it is, and where it goes on; null where it need not.</summary>
    internal CheckpointFolder? Checkpoints { get; init; }
}
