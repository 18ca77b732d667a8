using System.Collections.Immutable;
using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX LayerNormalization (opset 17, and 1 as ONNX Runtime's optimizer writes it), SimplifiedLayerNormalization (the same
/// without mean) and RMSNormalization (opset 23): X is normalized over the axes from <c>axis</c> on, whose indices thereby
/// influence each other; scale and bias broadcast to X.
/// </summary>
public sealed class LayerNormalization : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["LayerNormalization", "RMSNormalization", "SimplifiedLayerNormalization"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var x = node.InputShape(0);
        var axis = (int)node.Node.GetInt("axis", -1);
        return Relate(node, axis < 0 ? axis + x.Length : axis, [0]);
    }

    /// <summary>Relations of a node that normalizes the sum of its inputs from an axis on.</summary>
    /// <param name="node">The node.</param>
    /// <param name="first">The first axis that is normalized over.</param>
    /// <param name="whole">The outputs of the output's shape; the others have an extent of 1 for what is normalized over.</param>
    internal static IEnumerable<AxisRelation> Relate(NodeView node, int first, ImmutableArray<int> whole)
    {
        var shape = node.OutputShape();
        for (var input = 0; input < node.InputCount; input++)
        {
            foreach (var relation in node.HasInput(input)
                ? Broadcast.Align(node.Node.Inputs[input], node.InputShape(input), node.Node.Outputs[0], shape)
                : [])
            {
                yield return relation;
            }
        }

        for (var output = 1; output < node.Node.Outputs.Length; output++)
        {
            for (var axis = 0; node.Node.Outputs[output].Length > 0 && axis < (whole.Contains(output) ? shape.Length : first); axis++)
            {
                yield return new AxisRelation.Tied(node.Out(axis), node.Out(axis, output));
            }
        }

        for (var axis = first; axis < shape.Length; axis++)
        {
            yield return new AxisRelation.Mixed(node.Out(axis), $"{node.Node.OpType} normalizes over it");
        }
    }
}
