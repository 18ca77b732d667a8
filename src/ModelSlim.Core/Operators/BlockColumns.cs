using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX Col2Im (opset 18): columns [N, C places, L], a run of places of the block for each channel, are added up to a picture
/// [N, C, ...].
/// </summary>
public sealed class BlockColumns : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Col2Im"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node) =>
        [new AxisRelation.Tied(node.In(0, 0), node.Out(0)), new AxisRelation.Blocked(node.Out(1), node.In(0, 1))];
}
