using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>ONNX LRN (opset 1, 13): each channel of X [N, C, ...] is divided by what the <c>size</c> channels around it have.</summary>
public sealed class LocalResponseNormalization : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["LRN"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        for (var axis = 0; axis < node.InputShape(0).Length; axis++)
        {
            yield return new AxisRelation.Tied(node.In(0, axis), node.Out(axis));
        }

        if (node.Node.GetInt("size", 1) > 1)
        {
            yield return new AxisRelation.Mixed(node.In(0, 1), "LRN divides each channel by its neighbours");
        }
    }
}
