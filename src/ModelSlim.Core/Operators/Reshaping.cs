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
    public override DataMovement? Movement(Node node) => DataMovement.OfFirst;

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var follows = node.Node.OpType switch
        {
            // A shape that is computed at run time would have to be computed anew; only a constant one can be rewritten.
            "Reshape" => node.Constant(1) is not null || !node.HasInput(1),
            // Without axes it drops every axis of extent 1, so also one that is cut down to a single channel.
            "Squeeze" => node.HasInput(1) || node.Node.Attributes.ContainsKey("axes"),
            _ => true,
        };
        return follows && node.Movement() is { } movement
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
            var resized = Resize(shape.ToInt64s(), before, after);
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
                "shape", new AttributeValue.Ints([.. Resize([.. stated], before, after)])));
    }

    // -1 (what is left) still says the right thing; 0 does where the input's axis of that place got just as long.
    private static long[] Resize(long[] stated, NodeView before, NodeView after)
    {
        var (old, extents) = (before.OutputShape(), after.OutputShape());
        for (var axis = 0; axis < stated.Length; axis++)
        {
            var holds = stated[axis] switch
            {
                < 0 => true,
                0 => old[axis] == 0 || after.InputShape(0)[axis] == extents[axis],
                _ => old[axis] == extents[axis],
            };
            stated[axis] = holds ? stated[axis] : extents[axis];
        }

        return stated;
    }
}
