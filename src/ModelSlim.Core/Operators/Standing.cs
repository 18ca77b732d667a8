using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// Operators through which no axis may get shorter, because places along it are counted or its extent is an element of an
/// input: Compress, EyeLike, NonZero, OneHot, Range, Unique.
/// </summary>
public sealed class Standing : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Compress", "EyeLike", "NonZero", "OneHot", "Range", "Unique"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node) => [];
}
