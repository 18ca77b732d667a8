using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Recipes;

/// <summary>Targets; all that are set must hold.</summary>
public sealed record TargetSpec
{
    /// <summary>Largest MACs, as a fraction of the original's; null means not asked for.</summary>
    public double? Macs { get; init; }

    /// <summary>Largest number of parameters, as a fraction of the original's; null means not asked for.</summary>
    public double? Params { get; init; }

    /// <summary>Most bytes of the written file; null means not asked for.</summary>
    public TargetLimit? Size { get; init; }

    /// <summary>Most milliseconds that one sample takes in ONNX Runtime on this machine; null means not asked for.</summary>
    public TargetLimit? Latency { get; init; }

    /// <summary>How many weights are to be zero; null means not asked for.</summary>
    public SparsityTarget? Sparsity { get; init; }

    /// <summary>Where prune.yaml sets it.</summary>
    public SourceSpan? Location { get; init; }
}
