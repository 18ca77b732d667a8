using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// Operators whose output has the shape of the input, and that sum over one axis, so that an index that is zero there adds
/// nothing to the others: LpNormalization (opset 1, 22) and CumSum (opset 11, 14).
/// </summary>
public sealed class AxisSum : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["CumSum", "LpNormalization"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        if (Summed(node) is null)
        {
            yield break;
        }

        for (var axis = 0; axis < node.InputShape(0).Length; axis++)
        {
            yield return new AxisRelation.Tied(node.In(0, axis), node.Out(axis));
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<AxisRef> Contracted(NodeView node) => Summed(node) is { } axis ? [node.In(0, axis)] : [];

    // Null where the axis is computed at run time.
    private static int? Summed(NodeView node)
    {
        long? axis = node.Node.OpType != "CumSum" ? node.Node.GetInt("axis", -1) : node.Integers(1) is { IsDefaultOrEmpty: false } stated ? stated[0] : null;
        return axis is { } known ? (int)(known < 0 ? known + node.InputShape(0).Length : known) : null;
    }
}
