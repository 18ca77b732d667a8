using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>ONNX Concat (opset 4, 11, 13): inputs joined along one axis, which other axes do not follow.</summary>
public sealed class Concat : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Concat"];

    /// <inheritdoc/>
    public override DataMovement Movement(Node node) => DataMovement.OfAll(node) with { IntegersOnly = true };

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var rank = node.OutputShape().Length;
        if (Enumerable.Range(0, node.InputCount).Any(input => node.InputShape(input).Length != rank))
        {
            yield break;
        }

        var joined = (int)node.Node.GetInt("axis", 1);
        joined += joined < 0 ? rank : 0;
        var offset = 0;
        for (var input = 0; input < node.InputCount; input++)
        {
            for (var axis = 0; axis < rank; axis++)
            {
                yield return axis == joined
                    ? new AxisRelation.Part(node.Out(axis), offset, node.In(input, axis))
                    : new AxisRelation.Tied(node.In(input, axis), node.Out(axis));
            }

            offset += node.InputShape(input)[joined];
        }
    }
}
