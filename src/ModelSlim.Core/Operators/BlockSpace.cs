using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX DepthToSpace (opset 1, 11, 13: DCR and CRD) and SpaceToDepth (opset 1, 13): blocks of a picture [N, C, H, W] become channels,
/// or the other way round. A channel of the larger picture has as many channels in the other as a block has places.
/// </summary>
public sealed class BlockSpace : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["DepthToSpace", "SpaceToDepth"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var (deep, wide) = node.Node.OpType == "DepthToSpace" ? (node.In(0, 1), node.Out(1)) : (node.Out(1), node.In(0, 1));
        yield return new AxisRelation.Tied(node.In(0, 0), node.Out(0));
        yield return node.Node.OpType == "DepthToSpace" && node.Node.GetText("mode", "DCR") == "CRD"
            ? new AxisRelation.Blocked(wide, deep)
            : new AxisRelation.Repeated(wide, deep);
    }
}
