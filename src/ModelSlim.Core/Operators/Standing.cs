using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>
/// Operators through which no axis may get shorter, because places along it are counted or its extent is an element of an
/// input: Compress, EyeLike, NonZero, OneHot, Range.
/// </summary>
public sealed class Standing : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Compress", "EyeLike", "NonZero", "OneHot", "Range"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node) => [];

    /// <inheritdoc/>
    public override bool Jumps(Node node) => node.OpType == "NonZero";
}
