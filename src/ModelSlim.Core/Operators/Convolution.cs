using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX Conv (opset 1, 11, 22): X [N, C, ...], W [M, C / group, ...], B [M] to Y [N, M, ...]. Spatial axes do not change.
/// </summary>
public sealed class Convolution : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Conv"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var weight = node.InputShape(1);
        var channels = node.InputShape(0)[1];
        var groups = (int)node.Node.GetInt("group", 1);
        yield return new AxisRelation.Tied(node.In(0, 0), node.Out(0));
        yield return new AxisRelation.Tied(node.In(1, 0), node.Out(1));
        if (node.HasInput(2))
        {
            yield return new AxisRelation.Tied(node.In(1, 0), node.In(2, 0));
        }

        if (groups == 1)
        {
            yield return new AxisRelation.Tied(node.In(0, 1), node.In(1, 1));
        }
        else if (IsDepthwise(groups, channels))
        {
            yield return new AxisRelation.Blocked(node.In(0, 1), node.In(1, 0));
        }
        else
        {
            yield return new AxisRelation.Grouped(node.In(0, 1), groups);
            yield return new AxisRelation.Repeated(node.In(1, 1), node.In(0, 1));
            yield return new AxisRelation.Grouped(node.In(1, 0), groups);
        }
    }

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after)
    {
        var groups = (int)before.Node.GetInt("group", 1);
        return IsDepthwise(groups, before.InputShape(0)[1])
            ? new NodeRewrite(before.Node.With("group", new AttributeValue.Int(after.InputShape(0)[1])))
            : new NodeRewrite(before.Node);
    }

    /// <inheritdoc/>
    public override long Macs(NodeView node)
    {
        // Every output element sums over one filter: W without its first axis.
        var filter = node.InputShape(1);
        return Extent(node.OutputShape()) * Extent(filter) / Math.Max(1, filter[0]);
    }

    /// <inheritdoc/>
    public override IEnumerable<AxisRef> Contracted(NodeView node) =>
        IsDepthwise((int)node.Node.GetInt("group", 1), node.InputShape(0)[1]) ? [] : [node.In(0, 1), node.In(1, 1)];

    private static bool IsDepthwise(int groups, int channels) => groups == channels && groups > 1;

    private static long Extent(ImmutableArray<int> shape) => Tensors.TensorData.Count(shape);
}
