using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Operators;

/// <summary>
/// Operators that give the elements of one input other axes, or another order of axes: Flatten, Reshape, Squeeze, Unsqueeze,
/// Transpose. Their relations come from the traced movement.
/// </summary>
public sealed class Reshaping : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Flatten", "Reshape", "Squeeze", "Transpose", "Unsqueeze"];

    /// <inheritdoc/>
    public override bool MovesData => true;

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        // A shape that is computed at run time would have to be computed anew; only a constant one can be rewritten.
        var fixedShape = node.Node.OpType != "Reshape" || node.Constant(1) is not null || !node.HasInput(1);
        return fixedShape && node.Movement() is { } movement
            ? new MovementRelations().Read(
                [(node.Node.Inputs[0], node.InputShape(0))], node.Node.Outputs[0], node.OutputShape(), movement)
            : [];
    }

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after)
    {
        if (before.Node.OpType != "Reshape")
        {
            return new NodeRewrite(before.Node);
        }

        if (before.Constant(1) is { } shape)
        {
            var resized = Resize(shape.ToInt64s(), before.OutputShape(), after.OutputShape());
            return new NodeRewrite(before.Node)
            {
                Constants = new SortedDictionary<int, TensorData> { [1] = TensorData.From([resized.Length], resized) },
            };
        }

        // Up to opset 4 the shape is an attribute.
        var stated = before.Node.GetInts("shape");
        return stated.IsDefault
            ? new NodeRewrite(before.Node)
            : new NodeRewrite(before.Node.With(
                "shape", new AttributeValue.Ints([.. Resize([.. stated], before.OutputShape(), after.OutputShape())])));
    }

    // 0 (as in the input) and -1 (what is left) still say the right thing.
    private static long[] Resize(long[] stated, ImmutableArray<int> before, ImmutableArray<int> after)
    {
        for (var axis = 0; axis < stated.Length; axis++)
        {
            if (stated[axis] > 0 && before[axis] != after[axis])
            {
                stated[axis] = after[axis];
            }
        }

        return stated;
    }
}
