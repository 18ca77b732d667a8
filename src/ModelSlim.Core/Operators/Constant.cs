using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX Constant (opset 1; 12 with <c>value_float</c>, <c>value_ints</c> and the like): its output is a stored tensor, whose axes may
/// all get shorter.
/// </summary>
public sealed class Constant : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Constant"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        // Each axis is free: tied to itself and to nothing else.
        var shape = node.OutputShape();
        for (var axis = 0; !shape.IsDefault && !node.Node.Attributes.ContainsKey("sparse_value") && axis < shape.Length; axis++)
        {
            yield return new AxisRelation.Tied(node.Out(axis), node.Out(axis));
        }
    }
}
