using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX ArgMax, ArgMin (opset 1 to 13) and TopK (opset 1 to 11): the indices of one axis are what they put out, so it stays whole.
/// </summary>
public sealed class Ranking : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["ArgMax", "ArgMin", "TopK"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var top = node.Node.OpType == "TopK";
        var rank = node.InputShape(0).Length;
        var ranked = (int)node.Node.GetInt("axis", top ? -1 : 0);
        ranked += ranked < 0 ? rank : 0;
        var kept = top || node.Node.GetInt("keepdims", 1) != 0;
        for (var axis = 0; axis < rank; axis++)
        {
            if (axis == ranked)
            {
                yield return new AxisRelation.Frozen(node.In(0, axis), $"{node.Node.OpType} puts out its indices");
                continue;
            }

            for (var output = 0; output < node.Node.Outputs.Length; output++)
            {
                if (node.Node.Outputs[output].Length > 0)
                {
                    yield return new AxisRelation.Tied(node.In(0, axis), node.Out(kept || axis < ranked ? axis : axis - 1, output));
                }
            }
        }
    }

    /// <inheritdoc/>
    public override bool Jumps(Node node) => true;
}
