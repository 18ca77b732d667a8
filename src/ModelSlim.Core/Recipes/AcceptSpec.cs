using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Recipes;

/// <summary>Section <c>accept</c>.</summary>
public sealed record AcceptSpec
{
    /// <summary>What is measured.</summary>
    public Metric Metric { get; init; } = Metric.Accuracy;

    /// <summary>Largest drop of the metric against the original, as a fraction (0.01 is one point); null means no gate.</summary>
    public double? MaxDrop { get; init; }

    /// <summary>Least speed-up in ONNX Runtime on this machine; null means no gate.</summary>
    public double? MinSpeedup { get; init; }

    /// <summary>What happens when a gate does not hold.</summary>
    public OnFail OnFail { get; init; } = OnFail.Error;

    /// <summary>Where prune.yaml sets the section.</summary>
    public SourceSpan? Location { get; init; }
}
