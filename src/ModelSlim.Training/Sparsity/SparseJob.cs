using ModelSlim.Core.Data;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Checkpoints;

namespace ModelSlim.Training.Sparsity;

/// <summary>What to train sparsely, and how.</summary>
/// <param name="Student">The model.</param>
/// <param name="Teacher">The original, which it is distilled from.</param>
/// <param name="Task">How.</param>
/// <param name="Train">Training samples; the caller disposes of them.</param>
public sealed record SparseJob(OnnxModel Student, OnnxModel Teacher, SparseTask Task, SampleSet Train)
{
    /// <summary>How pictures lie in a sample.</summary>
    public ImageLayout Layout { get; init; }

    /// <summary>True where the outputs are values inside the network, and no scores of classes.</summary>
    public bool StandIn { get; init; }

    /// <summary>Where it keeps how far it is, and where it goes on; null where it need not.</summary>
    internal CheckpointFolder? Checkpoints { get; init; }
}
