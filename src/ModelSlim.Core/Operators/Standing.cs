using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>
/// Operators through which no axis may get shorter, because places along it are counted or its extent is an element of an
/// input: Compress, EyeLike, NonZero, OneHot, Range, the windows of signals and MelWeightMatrix.
/// </summary>
public sealed class Standing : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } =
    [
        "BlackmanWindow", "Compress", "EyeLike", "HammingWindow", "HannWindow", "MelWeightMatrix", "NonZero", "OneHot", "Range",
    ];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node) => [];

    /// <inheritdoc/>
    public override string Silence(Node node) => $"{node.OpType} counts its places, or is told its extent";

    /// <inheritdoc/>
    public override string? Barrier(string opType) => "it counts places, or is told an extent";

    /// <inheritdoc/>
    public override bool Counts(Node node) => node.OpType is "Compress" or "NonZero" or "Range";

    /// <inheritdoc/>
    public override bool Jumps(Node node) => node.OpType == "NonZero";
}
