using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>
/// Element-wise operators on several inputs that broadcast to one output (ONNX multidirectional broadcasting, opset 7 on):
/// shapes are aligned at the right, and an axis of extent 1 serves every index.
/// </summary>
public sealed class Broadcast : Operator
{
    private static readonly ImmutableHashSet<string> Jumping = ["Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Mod"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } =
    [
        "Add", "And", "BitShift", "BitwiseAnd", "BitwiseOr", "BitwiseXor", "Div", "Equal", "Greater",
        "GreaterOrEqual", "Less", "LessOrEqual", "Max", "Mean", "Min", "Mod", "Mul", "Or", "PRelu", "Pow", "Sub",
        "Sum", "Where", "Xor",
    ];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        for (var input = 0; input < node.InputCount; input++)
        {
            foreach (var relation in Align(node.Node.Inputs[input], node.InputShape(input), node.Node.Outputs[0], node.OutputShape()))
            {
                yield return relation;
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Weighing> Weighings(NodeView node) =>
        node.Node.OpType == "Mul" ? [new Weighing(0, 1), new Weighing(1, 0)] : [];

    /// <inheritdoc/>
    public override IEnumerable<int> Addends(NodeView node) =>
        node.Node.OpType is "Add" or "Sum" ? Enumerable.Range(0, node.InputCount) : [];

    /// <inheritdoc/>
    public override bool Jumps(Node node) => Jumping.Contains(node.OpType);

    /// <summary>Ties each axis of a value to the axis of the output it broadcasts to.</summary>
    internal static IEnumerable<AxisRelation> Align(
        string value, ImmutableArray<int> shape, string output, ImmutableArray<int> outputShape)
    {
        for (var axis = 0; axis < shape.Length; axis++)
        {
            var target = outputShape.Length - shape.Length + axis;
            if (shape[axis] == outputShape[target])
            {
                yield return new AxisRelation.Tied(new AxisRef(value, axis), new AxisRef(output, target));
            }
        }
    }
}
