using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX MeanVarianceNormalization (opset 9, 13; before that ONNX Runtime reads <c>across_channels</c>): X is normalized over some
/// axes, by default over all but the channels of [N, C, H, W].
/// </summary>
public sealed class MeanVarianceNormalization : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["MeanVarianceNormalization"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var rank = node.InputShape(0).Length;
        var stated = node.Node.GetInts("axes");
        var normalized = (stated.IsDefault ? [0L, 2L, 3L] : stated).Select(axis => (int)(axis < 0 ? axis + rank : axis)).ToHashSet();
        if (node.Node.GetInt("across_channels", 0) != 0)
        {
            normalized.Add(1);
        }

        for (var axis = 0; axis < rank; axis++)
        {
            yield return new AxisRelation.Tied(node.In(0, axis), node.Out(axis));
            if (normalized.Contains(axis))
            {
                yield return new AxisRelation.Mixed(node.In(0, axis), "MeanVarianceNormalization normalizes over it");
            }
        }
    }
}
