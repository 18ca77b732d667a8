using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Exits;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Evaluation.Exits;

/// <summary>A classifier, and what an early exit of it may do.</summary>
public sealed record ExitTask
{
    /// <summary>The model; its one output is [N, classes].</summary>
    public required OnnxModel Model { get; init; }

    /// <summary>Its trace.</summary>
    public required ValueTrace Trace { get; init; }

    /// <summary>Multiply-accumulates of one sample.</summary>
    public required long Macs { get; init; }

    /// <summary>Where samples may leave it.</summary>
    public required ImmutableArray<ExitPlace> Places { get; init; }

    /// <summary>Samples to learn on.</summary>
    public required SampleSet Samples { get; init; }

    /// <summary>What may drop: accuracy or top5 where there are labels, or agreement.</summary>
    public required Metric Metric { get; init; }

    /// <summary>By how much it may drop, as a fraction.</summary>
    public required double AllowedDrop { get; init; }

    /// <summary>What the drop is counted from, where the model was made from another one; null means from the model itself.</summary>
    public (OnnxModel Model, ValueTrace Trace)? Original { get; init; }

    /// <summary>Seed of the choice of samples.</summary>
    public required long Seed { get; init; }

    /// <summary>Where the recipe asks for it.</summary>
    public SourceSpan? Location { get; init; }
}
