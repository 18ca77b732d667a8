using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// com.microsoft SkipLayerNormalization and SkipSimplifiedLayerNormalization: the sum of input [N, S, H], skip, which may have no
/// N, and bias [H] is normalized over H, then scaled by gamma [H] and shifted by beta [H]. Output 3 is the sum itself.
/// </summary>
public sealed class SkipLayerNormalization : Operator
{
    private const int Sum = 3;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["SkipLayerNormalization", "SkipSimplifiedLayerNormalization"];

    /// <inheritdoc/>
    public override string Domain => "com.microsoft";

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node) =>
        LayerNormalization.Relate(node, node.OutputShape().Length - 1, [Sum]);
}
