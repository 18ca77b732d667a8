using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX Gather (opset 1, 11, 13): takes places of one axis; the axes of <c>indices</c> stand where that axis was. A list of
/// constant indices follows the axis when it gets shorter. Computed indices, as into a table of embeddings, freeze it.
/// </summary>
public sealed class Gather : Operator
{
    private const int Indices = 1;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Gather"];

    /// <inheritdoc/>
    public override DataMovement Movement(Node node) => DataMovement.OfFirst with { IntegersOnly = true };

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var rank = node.InputShape(0).Length;
        var gathered = Axis(node);
        var indexRank = node.InputShape(Indices).Length;
        for (var axis = 0; axis < rank; axis++)
        {
            if (axis != gathered)
            {
                yield return new AxisRelation.Tied(node.In(0, axis), node.Out(axis < gathered ? axis : axis + indexRank - 1));
            }
        }

        if (Places(node) is { } places)
        {
            yield return new AxisRelation.Moved(node.Out(gathered), node.In(0, gathered), places);
        }
        else if (node.Constant(Indices) is null)
        {
            for (var axis = 0; axis < indexRank; axis++)
            {
                yield return new AxisRelation.Tied(node.In(Indices, axis), node.Out(gathered + axis));
            }

            yield return new AxisRelation.Frozen(node.In(0, gathered), "its places are looked up by computed indices");
        }
        else
        {
            yield return new AxisRelation.Frozen(node.In(0, gathered), "single places of it are taken out");
        }
    }

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after)
    {
        if (Places(before) is not { } places)
        {
            return new NodeRewrite(before.Node);
        }

        var gathered = Axis(before);
        var (kept, taken) = (after.Kept(before.In(0, gathered)), after.Kept(before.Out(gathered)));
        if (kept is null && taken is null)
        {
            return new NodeRewrite(before.Node);
        }

        long[] moved =
        [
            .. (taken ?? [.. Enumerable.Range(0, places.Length)])
                .Select(place => (long)(kept is { } left ? left.BinarySearch(places[place]) : places[place])),
        ];
        var type = before.Constant(Indices)!.Type;
        return new NodeRewrite(before.Node).WithConstant(Indices, TensorData.Integers(type, [moved.Length], moved));
    }

    // A list of indices that are stored.
    private static ImmutableArray<int>? Places(NodeView node)
    {
        if (node.Constant(Indices) is not { Shape.Length: 1 })
        {
            return null;
        }

        var extent = node.InputShape(0)[Axis(node)];
        return [.. node.Integers(Indices).Select(index => (int)(index < 0 ? index + extent : index))];
    }

    private static int Axis(NodeView node)
    {
        var axis = (int)node.Node.GetInt("axis", 0);
        return axis < 0 ? axis + node.InputShape(0).Length : axis;
    }
}
