using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Masking;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Evaluation.Masking;

/// <summary>A model some of whose weights are to become zero, by what they multiply on samples.</summary>
public sealed record MaskingTask
{
    /// <summary>The model.</summary>
    public required OnnxModel Model { get; init; }

    /// <summary>Its trace.</summary>
    public required ValueTrace Trace { get; init; }

    /// <summary>The weights that may become zero.</summary>
    public required ImmutableArray<MaskableWeight> Weights { get; init; }

    /// <summary>How many do.</summary>
    public required SparsityTarget Target { get; init; }

    /// <summary>By which scores; <see cref="Criterion.Wanda"/> or <see cref="Criterion.Reconstruction"/>.</summary>
    public required PruneSpec Prune { get; init; }

    /// <summary>Samples; their labels are not looked at.</summary>
    public required SampleSet Calibration { get; init; }
}
