using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX Conv (opset 1, 11, 22): X [N, C, ...], W [M, C / group, ...], B [M] to Y [N, M, ...]. Spatial axes do not change. Of a
/// grouped convolution, whole groups may go, or the same channels of every group.
/// </summary>
public sealed class Convolution : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Conv"];

    /// <inheritdoc/>
    public override IEnumerable<(string Name, int Extent)> Inner(NodeView node) =>
        GroupedChannels.Inner(node, node.InputShape(0)[1], node.InputShape(1)[0]);

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        yield return new AxisRelation.Tied(node.In(0, 0), node.Out(0));
        yield return new AxisRelation.Tied(node.In(1, 0), node.Out(1));
        if (node.HasInput(2))
        {
            yield return new AxisRelation.Tied(node.In(1, 0), node.In(2, 0));
        }

        yield return GroupedChannels.Relate(node, node.In(0, 1), node.InputShape(0)[1], node.In(1, 1), node.In(1, 0), node.InputShape(1)[0]);
    }

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after) => GroupedChannels.Rewrite(before, after.InputShape(0)[1], after.InputShape(1)[1]);

    /// <inheritdoc/>
    public override long Macs(NodeView node)
    {
        // Every output element sums over one filter: W without its first axis.
        var filter = node.InputShape(1);
        return Tensors.TensorData.Count(node.OutputShape()) * Tensors.TensorData.Count(filter[1..]);
    }

    /// <inheritdoc/>
    public override IEnumerable<Weighing> Weighings(NodeView node)
    {
        var padded = node.Node.GetInts("pads") is { IsDefault: false } pads && pads.Any(pad => pad != 0)
            || node.Node.GetText("auto_pad", "NOTSET") is not ("NOTSET" or "VALID");
        return [new Weighing(1, 0) { UniformChannels = padded || GroupedChannels.Count(node) != 1 ? null : 0, Bias = 2 }];
    }

    /// <inheritdoc/>
    public override IEnumerable<AxisRef> Contracted(NodeView node) =>
        GroupedChannels.IsDepthwise(node, node.InputShape(0)[1]) ? [] : [node.In(0, 1), node.In(1, 1)];
}
