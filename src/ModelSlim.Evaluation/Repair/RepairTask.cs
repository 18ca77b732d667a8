using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Data;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;

namespace ModelSlim.Evaluation.Repair;

/// <summary>A slim model and what it was cut from.</summary>
public sealed record RepairTask
{
    /// <summary>The original.</summary>
    public required OnnxModel Original { get; init; }

    /// <summary>Its trace.</summary>
    public required ValueTrace OriginalTrace { get; init; }

    /// <summary>The slim model: the same nodes and names, shorter axes.</summary>
    public required OnnxModel Slim { get; init; }

    /// <summary>Its trace.</summary>
    public required ValueTrace SlimTrace { get; init; }

    /// <summary>What is left of every axis that got shorter.</summary>
    public required ChannelCuts Cuts { get; init; }

    /// <summary>Names of the weights in which zeros stay zero.</summary>
    public ImmutableHashSet<string> Masked { get; init; } = [];

    /// <summary>Samples; their labels are not looked at.</summary>
    public required SampleSet Calibration { get; init; }
}
