using ModelSlim.Core.Axes;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX ConvTranspose (opset 1, 11, 22): X [N, C, ...], W [C, M / group, ...], B [M] to Y [N, M, ...]. Output padding and output
/// shape concern spatial axes, which do not change.
/// </summary>
public sealed class ConvolutionTranspose : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["ConvTranspose"];

    /// <inheritdoc/>
    public override IEnumerable<(string Name, int Extent)> Inner(NodeView node) =>
        GroupedChannels.Inner(node, node.OutputShape()[1], node.InputShape(0)[1]);

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        yield return new AxisRelation.Tied(node.In(0, 0), node.Out(0));
        yield return new AxisRelation.Tied(node.In(0, 1), node.In(1, 0));
        if (node.HasInput(2))
        {
            yield return new AxisRelation.Tied(node.In(2, 0), node.Out(1));
        }

        yield return GroupedChannels.Relate(node, node.Out(1), node.OutputShape()[1], node.In(1, 1), node.In(0, 1), node.InputShape(0)[1]);
    }

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after) => GroupedChannels.Rewrite(before, after.OutputShape()[1], after.InputShape(1)[1]);

    /// <inheritdoc/>
    public override long Macs(NodeView node) => TensorData.Count(node.InputShape(0)) * TensorData.Count(node.InputShape(1)[1..]);

    /// <inheritdoc/>
    public override IEnumerable<Weighing> Weighings(NodeView node) => [new Weighing(1, 0)];

    /// <inheritdoc/>
    public override IEnumerable<AxisRef> Contracted(NodeView node) => [node.In(0, 1), node.In(1, 0)];
}
