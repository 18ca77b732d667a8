using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Checkpoints;
using ModelSlim.Training.FineTuning;

namespace ModelSlim.Training.Worker;

/// <summary>What to fine-tune, with what, and where the worker finds what it needs.</summary>
public sealed record TrainingRequest
{
    /// <summary>The slim model.</summary>
    public required OnnxModel Student { get; init; }

    /// <summary>The original.</summary>
    public required OnnxModel Teacher { get; init; }

    /// <summary>How to fine-tune.</summary>
    public required FineTuneSpec Spec { get; init; }

    /// <summary>Training data.</summary>
    public required DataSource Train { get; init; }

    /// <summary>From stored value to model input.</summary>
    public required PreprocessSpec Preprocess { get; init; }

    /// <summary>The model's inputs.</summary>
    public required ImmutableArray<SampleInput> Inputs { get; init; }

    /// <summary>Names of the weights in which zeros stay zero.</summary>
    public ImmutableArray<string> Masked { get; init; } = [];

    /// <summary>True where the outputs are values inside the network, and no scores of classes.</summary>
    public bool StandIn { get; init; }

    /// <summary>How more become zero meanwhile; null where none do.</summary>
    public MaskGrowth? Growth { get; init; }

    /// <summary>Where the worker keeps how far it is, and goes on; null where it need not.</summary>
    public CheckpointPlace? Checkpoints { get; init; }

    /// <summary>Where libtorch may come from.</summary>
    public TorchSource Torch { get; init; } = new();
}
