using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX GatherElements (opset 11, 13), ScatterElements (opset 11 to 18) and Scatter (opset 9): <c>indices</c>, an index along one axis
/// for each element. The other axes are carried on; the axis that is indexed stays whole.
/// </summary>
public sealed class ElementGather : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["GatherElements", "Scatter", "ScatterElements"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var (data, indices) = (node.InputShape(0), node.InputShape(1));
        var indexed = (int)node.Node.GetInt("axis", 0);
        indexed += indexed < 0 ? data.Length : 0;
        var scatters = node.Node.OpType != "GatherElements";
        for (var axis = 0; axis < data.Length; axis++)
        {
            if (scatters)
            {
                yield return new AxisRelation.Tied(node.In(0, axis), node.Out(axis));
            }

            if (axis != indexed)
            {
                // There may be fewer indices than there is data.
                yield return new AxisRelation.Part(node.In(0, axis), 0, node.In(1, axis));
                yield return new AxisRelation.Tied(node.In(1, axis), scatters ? node.In(2, axis) : node.Out(axis));
                continue;
            }

            yield return new AxisRelation.Frozen(node.In(0, axis), "its places are looked up by indices");
            if (!scatters)
            {
                yield return new AxisRelation.Tied(node.In(1, axis), node.Out(axis));
            }
        }
    }
}
