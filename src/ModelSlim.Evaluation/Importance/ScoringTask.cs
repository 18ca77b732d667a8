using ModelSlim.Core.Data;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;

namespace ModelSlim.Evaluation.Importance;

/// <summary>A model whose channels are to be scored from what they are on samples.</summary>
public sealed record ScoringTask
{
    /// <summary>The model.</summary>
    public required OnnxModel Model { get; init; }

    /// <summary>Its trace.</summary>
    public required ValueTrace Trace { get; init; }

    /// <summary>Its channel groups.</summary>
    public required DependencyGraph Dependencies { get; init; }

    /// <summary>Samples; their labels are not looked at.</summary>
    public required SampleSet Calibration { get; init; }
}
