using System.Collections.Immutable;
using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX Shape (opset 1, 13, 15 with <c>start</c> and <c>end</c>, 19 to 24) and Size (opset 1, 13, 19 to 24): they read extents and
/// no elements, so every axis of their input is free.
/// </summary>
public sealed class ShapeReader : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Shape", "Size"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node) =>
        Enumerable.Range(0, node.InputShape(0).Length).Select(axis => new AxisRelation.Tied(node.In(0, axis), node.In(0, axis)));

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<AxisRef>> Measured(NodeView node)
    {
        var rank = node.InputShape(0).Length;
        if (node.Node.OpType == "Size")
        {
            return [[.. Enumerable.Range(0, rank).Select(axis => node.In(0, axis))]];
        }

        var start = Bound(node.Node.GetInt("start", 0), rank);
        var end = Bound(node.Node.GetInt("end", rank), rank);
        return [.. Enumerable.Range(start, Math.Max(0, end - start)).Select(axis => ImmutableArray.Create(node.In(0, axis)))];
    }

    private static int Bound(long stated, int rank) => (int)Math.Clamp(stated < 0 ? stated + rank : stated, 0, rank);
}
