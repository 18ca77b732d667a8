using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX ImageScaler (opset 1, gone with 10): X [N, C, H, W] times <c>scale</c>, plus <c>bias</c>, an attribute with a number for each channel.
/// </summary>
public sealed class PictureScaling : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["ImageScaler"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node) =>
        Enumerable.Range(0, node.InputShape(0).Length).Select(axis => new AxisRelation.Tied(node.In(0, axis), node.Out(axis)));

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after) => new(
        after.Kept(before.In(0, 1)) is { } kept && before.Node.Attributes.GetValueOrDefault("bias") is AttributeValue.Floats bias
            ? before.Node.With("bias", new AttributeValue.Floats([.. kept.Select(channel => bias.Values[channel])]))
            : before.Node);
}
