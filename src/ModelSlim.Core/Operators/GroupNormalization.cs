using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX GroupNormalization: X [N, C, ...] in <c>num_groups</c> runs of channels, each normalized by itself, with scale and bias a
/// group (opset 18) or a channel (opset 21). Whole runs can go; the channels of one run influence each other.
/// </summary>
public sealed class GroupNormalization : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["GroupNormalization"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var (x, groups) = (node.InputShape(0), (int)node.Node.GetInt("num_groups", 1));
        yield return new AxisRelation.Tied(node.In(0, 0), node.Out(0));
        yield return new AxisRelation.Tied(node.In(0, 1), node.Out(1));
        if (groups == 1)
        {
            yield return new AxisRelation.Mixed(node.In(0, 1), $"{node.Node.OpType} computes mean and variance over all channels");
        }
        else
        {
            // Each channel goes with the first of its run.
            var run = x[1] / groups;
            yield return new AxisRelation.Moved(node.In(0, 1), node.In(0, 1), [.. Enumerable.Range(0, x[1]).Select(i => i - (i % run))]);
        }

        for (var input = 1; input <= 2; input++)
        {
            if (node.InputShape(input)[0] == x[1])
            {
                yield return new AxisRelation.Tied(node.In(0, 1), node.In(input, 0));
            }
            else if (groups > 1)
            {
                yield return new AxisRelation.Blocked(node.In(input, 0), node.In(0, 1));
            }
        }
    }

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after)
    {
        var run = before.InputShape(0)[1] / before.Node.GetInt("num_groups", 1);
        return before.Node.GetInt("num_groups", 1) == 1
            ? new NodeRewrite(before.Node)
            : new NodeRewrite(before.Node.With("num_groups", new AttributeValue.Int(after.InputShape(0)[1] / run)));
    }
}
