using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX Softmax, LogSoftmax and Hardmax over one axis (opset 13), or over all axes from one on (opset 1, 11). What they go over
/// stays whole: any index less makes the others larger.
/// </summary>
public sealed class Softmax : Operator
{
    private const int FirstOfOneAxis = 13;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Hardmax", "LogSoftmax", "Softmax"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var rank = node.InputShape(0).Length;
        var axis = (int)node.Node.GetInt("axis", node.Opset < FirstOfOneAxis ? 1 : -1);
        axis += axis < 0 ? rank : 0;
        for (var i = 0; i < rank; i++)
        {
            if (i == axis || (i > axis && node.Opset < FirstOfOneAxis))
            {
                yield return new AxisRelation.Frozen(node.In(0, i), $"{node.Node.OpType} goes over it");
                yield return new AxisRelation.Frozen(node.Out(i), $"{node.Node.OpType} goes over it");
            }
            else
            {
                yield return new AxisRelation.Tied(node.In(0, i), node.Out(i));
            }
        }
    }

    /// <inheritdoc/>
    public override bool Jumps(Node node) => node.OpType == "Hardmax";
}
