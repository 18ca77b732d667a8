using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX CenterCropPad (opset 18): axes are cut or padded on both sides to the sizes of its second input. An axis that has its size
/// already is copied; one that has not stays whole, since its middle would move.
/// </summary>
public sealed class CenterCropPad : Operator
{
    private const int Sizes = 1;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["CenterCropPad"];

    /// <inheritdoc/>
    public override IReadOnlyList<int> SizeInputs { get; } = [Sizes];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var (from, to, axes) = (node.InputShape(0), node.OutputShape(), Axes(node));
        for (var axis = 0; axis < from.Length; axis++)
        {
            var place = axes.IndexOf(axis);
            if (place < 0 || (from[axis] == to[axis] && !node.Integers(Sizes).IsDefault && node.IsFixed(Sizes, place)))
            {
                yield return new AxisRelation.Tied(node.In(0, axis), node.Out(axis));
            }
        }
    }

    /// <inheritdoc/>
    public override string Silence(Node node) => "CenterCropPad takes its middle, which would move";

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after)
    {
        var (sizes, axes) = (before.Integers(Sizes), Axes(before));
        return sizes.IsDefault
            ? new NodeRewrite(before.Node)
            : new NodeRewrite(before.Node).WithSizes(
                Sizes, [.. sizes.Select((size, place) => after.Kept(before.In(0, axes[place])) is { } kept ? kept.Length : size)]);
    }

    private static ImmutableArray<int> Axes(NodeView node)
    {
        var rank = node.InputShape(0).Length;
        var stated = node.Node.GetInts("axes");
        return stated.IsDefault ? [.. Enumerable.Range(0, rank)] : [.. stated.Select(axis => (int)(axis < 0 ? axis + rank : axis))];
    }
}
