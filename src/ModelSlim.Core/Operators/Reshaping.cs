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
    private const int FirstAxesInput = 13;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Flatten", "Reshape", "Squeeze", "Transpose", "Unsqueeze"];

    /// <inheritdoc/>
    public override DataMovement? Movement(Node node) => DataMovement.OfFirst;

    /// <inheritdoc/>
    public override IReadOnlyList<int> SizeInputs { get; } = [1];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        // A target that depends on data could not follow.
        var follows = node.Node.OpType != "Reshape" || !node.HasInput(1) || !node.Integers(1).IsDefault;
        return follows && node.Movement() is { } movement
            ? new MovementRelations().Read(
                [(node.Node.Inputs[0], node.InputShape(0))], node.Node.Outputs[0], node.OutputShape(), movement)
            : [];
    }

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after) => before.Node.OpType switch
    {
        "Reshape" => Reshape(before, after),
        "Squeeze" => Squeeze(before, after),
        _ => new NodeRewrite(before.Node),
    };

    private static NodeRewrite Reshape(NodeView before, NodeView after)
    {
        if (before.HasInput(1))
        {
            return new NodeRewrite(before.Node).WithSizes(1, Resize(after.Integers(1), before, after));
        }

        // Up to opset 4 the shape is an attribute.
        var stated = before.Node.GetInts("shape");
        return stated.IsDefault
            ? new NodeRewrite(before.Node)
            : new NodeRewrite(before.Node.With("shape", new AttributeValue.Ints(Resize(stated, before, after))));
    }

    // -1 (what is left) still says the right thing; 0 does where the input's axis of that place got just as long.
    private static ImmutableArray<long> Resize(ImmutableArray<long> stated, NodeView before, NodeView after)
    {
        var (old, extents) = (before.OutputShape(), after.OutputShape());
        return
        [
            .. stated.Select((extent, axis) => extent switch
            {
                < 0 => extent,
                0 when old[axis] == 0 || after.InputShape(0)[axis] == extents[axis] => 0,
                _ => extents[axis],
            }),
        ];
    }

    // Without axes it drops every axis of extent 1, so also one that was just cut down to a single channel.
    private static NodeRewrite Squeeze(NodeView before, NodeView after)
    {
        var (old, shape) = (before.InputShape(0), after.InputShape(0));
        if (before.HasInput(1) || before.Node.Attributes.ContainsKey("axes")
            || !Enumerable.Range(0, old.Length).Any(axis => old[axis] != 1 && shape[axis] == 1))
        {
            return new NodeRewrite(before.Node);
        }

        long[] axes = [.. Enumerable.Range(0, old.Length).Where(axis => old[axis] == 1)];
        return before.Opset < FirstAxesInput
            ? new NodeRewrite(before.Node.With("axes", new AttributeValue.Ints([.. axes])))
            : new NodeRewrite(before.Node).WithConstant(1, TensorData.From([axes.Length], axes));
    }
}
