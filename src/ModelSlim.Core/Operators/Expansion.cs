using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX Expand (opset 8, 13) and Tile (opset 6, 13): an input repeated along axes. An axis that was 1, or was not there, is free in
/// the output; the stated shape or number of repeats follows it.
/// </summary>
public sealed class Expansion : Operator
{
    private const int SizesInput = 1;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Expand", "Tile"];

    /// <inheritdoc/>
    public override IReadOnlyList<int> SizeInputs { get; } = [SizesInput];

    /// <inheritdoc/>
    public override DataMovement Movement(Node node) => DataMovement.OfFirst with { IntegersOnly = true };

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var (from, to) = (node.InputShape(0), node.OutputShape());
        if (node.Integers(SizesInput).IsDefault)
        {
            yield break;
        }

        for (var axis = 0; axis < to.Length; axis++)
        {
            var source = axis - (to.Length - from.Length);
            if (source < 0 || (from[source] == 1 && to[axis] > 1))
            {
                yield return new AxisRelation.Tied(node.Out(axis), node.Out(axis));
            }
            else
            {
                yield return new AxisRelation.Repeated(node.In(0, source), node.Out(axis));
            }
        }
    }

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after)
    {
        var stated = after.Integers(SizesInput).ToBuilder();
        var (from, to) = (after.InputShape(0), after.OutputShape());
        for (var i = 0; i < stated.Count; i++)
        {
            // Both are aligned at the right.
            var axis = to.Length - stated.Count + i;
            var source = axis - (to.Length - from.Length);
            var extent = source < 0 ? 1 : from[source];
            var gives = before.Node.OpType == "Tile" ? stated[i] * extent : Math.Max(stated[i], extent);
            if (gives != to[axis])
            {
                stated[i] = before.Node.OpType == "Tile" ? to[axis] / Math.Max(1, extent) : to[axis];
            }
        }

        return new NodeRewrite(before.Node).WithSizes(SizesInput, stated.DrainToImmutable());
    }
}
