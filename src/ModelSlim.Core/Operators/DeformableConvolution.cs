using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX DeformConv (opset 19, 22; Zhu et al. 2019): X [N, C, H, W], W [M, C / group, kH, kW], offsets [N, 2 kH kW s, oH, oW], B [M],
/// mask [N, kH kW s, oH, oW] to Y [N, M, oH, oW]. Each of s = <c>offset_group</c> runs of the input's channels is read at offsets of
/// its own, so that all of them keep the same places.
/// </summary>
public sealed class DeformableConvolution : Operator
{
    private const int Offsets = 2;
    private const int Bias = 3;
    private const int Mask = 4;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["DeformConv"];

    /// <inheritdoc/>
    public override IEnumerable<(string Name, int Extent)> Inner(NodeView node) =>
        GroupedChannels.Inner(node, node.InputShape(0)[1], node.InputShape(1)[0]);

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        yield return new AxisRelation.Tied(node.In(0, 0), node.Out(0));
        yield return new AxisRelation.Tied(node.In(0, 0), node.In(Offsets, 0));
        yield return new AxisRelation.Tied(node.In(1, 0), node.Out(1));
        if (node.HasInput(Bias))
        {
            yield return new AxisRelation.Tied(node.In(1, 0), node.In(Bias, 0));
        }

        if (node.HasInput(Mask))
        {
            yield return new AxisRelation.Tied(node.In(0, 0), node.In(Mask, 0));
        }

        var sets = (int)node.Node.GetInt("offset_group", 1);
        if (sets > 1)
        {
            yield return new AxisRelation.Grouped(node.In(0, 1), sets);
        }

        yield return GroupedChannels.Relate(node, node.In(0, 1), node.InputShape(0)[1], node.In(1, 1), node.In(1, 0), node.InputShape(1)[0]);
    }

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after) => GroupedChannels.Rewrite(before, after.InputShape(0)[1], after.InputShape(1)[1]);

    /// <inheritdoc/>
    public override string Silence(Node node) => "DeformConv reads it as places of the kernel";

    /// <inheritdoc/>
    public override long Macs(NodeView node) =>
        Tensors.TensorData.Count(node.OutputShape()) * Tensors.TensorData.Count(node.InputShape(1)[1..]);

    /// <inheritdoc/>
    public override IEnumerable<Weighing> Weighings(NodeView node) => [new Weighing(1, 0)];

    /// <inheritdoc/>
    public override IEnumerable<AxisRef> Contracted(NodeView node) =>
        GroupedChannels.IsDepthwise(node, node.InputShape(0)[1]) ? [] : [node.In(0, 1), node.In(1, 1)];
}
