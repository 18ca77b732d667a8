using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX MaxUnpool (opset 9, 11, 22): X [N, C, ...] goes to the places in Y [N, C, ...] that I [N, C, ...] holds. Places are numbered
/// over the whole of Y, so they follow a cut where a MaxPool makes them anew from a value of Y's shape.
/// </summary>
public sealed class MaxUnpool : Operator
{
    private const int Places = 1;
    private const int Shape = 2;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["MaxUnpool"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        if (node.Producer(Places) is not { OpType: "MaxPool" } pool
            || !node.ShapeOf(pool.Inputs[0]).SequenceEqual(node.OutputShape())
            || (node.HasInput(Shape) && node.Integers(Shape).IsDefault))
        {
            yield break;
        }

        for (var axis = 0; axis < 2; axis++)
        {
            yield return new AxisRelation.Tied(node.In(0, axis), node.Out(axis));
            yield return new AxisRelation.Tied(node.In(Places, axis), node.Out(axis));
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<int> SizeInputs => [Shape];

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after)
    {
        var rewrite = new NodeRewrite(before.Node);
        return before.HasInput(Shape) ? rewrite.WithSizes(Shape, [.. after.OutputShape().Select(extent => (long)extent)]) : rewrite;
    }
}
