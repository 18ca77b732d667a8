using System.Collections.Immutable;
using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX reductions; axes are an attribute up to opset 17 (ReduceSum: 12) and an input from then on. Other axes pass. Sums do not
/// miss an index that is zero; means, maxima and minima of fewer indices are others.
/// </summary>
public sealed class Reduction : Operator
{
    private static readonly ImmutableHashSet<string> Sums = ["ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceSum", "ReduceSumSquare"];
    private static readonly ImmutableHashSet<string> Typical = ["ReduceMax", "ReduceMean", "ReduceMin"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = [.. Sums.Order(), .. Typical.Order(), "ReduceLogSumExp", "ReduceProd"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        if (Reduced(node) is not { } reduced)
        {
            yield break;
        }

        var kept = node.Node.GetInt("keepdims", 1) != 0;
        var place = 0;
        for (var axis = 0; axis < node.InputShape(0).Length; axis++)
        {
            if (!reduced.Contains(axis))
            {
                yield return new AxisRelation.Tied(node.In(0, axis), node.Out(place));
            }
            else if (Sums.Contains(node.Node.OpType))
            {
                // Free: tied to nothing but itself.
                yield return new AxisRelation.Tied(node.In(0, axis), node.In(0, axis));
            }
            else if (Typical.Contains(node.Node.OpType))
            {
                yield return new AxisRelation.Mixed(node.In(0, axis), $"{node.Node.OpType} reduces over it");
            }
            else
            {
                yield return new AxisRelation.Frozen(node.In(0, axis), $"{node.Node.OpType} over fewer channels is another number");
            }

            place += kept || !reduced.Contains(axis) ? 1 : 0;
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<AxisRef> Contracted(NodeView node) =>
        Sums.Contains(node.Node.OpType) && Reduced(node) is { } reduced ? reduced.Select(axis => node.In(0, axis)) : [];

    // Null where the axes are computed at run time.
    private static ImmutableArray<int>? Reduced(NodeView node)
    {
        var rank = node.InputShape(0).Length;
        return StatedAxes.Of(node, "axes", 1, rank) is not { } stated ? null
            : stated.Length == 0 && node.Node.GetInt("noop_with_empty_axes", 0) == 0 ? [.. Enumerable.Range(0, rank)]
            : stated;
    }
}
