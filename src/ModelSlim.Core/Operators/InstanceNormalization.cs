using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>ONNX InstanceNormalization (opset 1, 6, 22): X [N, C, ...] with scale and B [C]; each channel is normalized by itself.</summary>
public sealed class InstanceNormalization : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["InstanceNormalization"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        yield return new AxisRelation.Tied(node.In(0, 0), node.Out(0));
        yield return new AxisRelation.Tied(node.In(0, 1), node.Out(1));
        yield return new AxisRelation.Tied(node.In(0, 1), node.In(1, 0));
        yield return new AxisRelation.Tied(node.In(0, 1), node.In(2, 0));
    }
}
