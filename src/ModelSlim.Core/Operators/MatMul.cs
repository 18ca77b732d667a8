using ModelSlim.Core.Axes;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Operators;

/// <summary>ONNX MatMul (opset 1, 9, 13): A [..., M, K] times B [..., K, N]; a factor of rank 1 has no M or no N.</summary>
public sealed class MatMul : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["MatMul"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var a = node.InputShape(0);
        var b = node.InputShape(1);
        var y = node.OutputShape();
        yield return new AxisRelation.Tied(node.In(0, a.Length - 1), node.In(1, Math.Max(0, b.Length - 2)));
        if (b.Length > 1)
        {
            yield return new AxisRelation.Tied(node.In(1, b.Length - 1), node.Out(y.Length - 1));
        }

        if (a.Length > 1)
        {
            yield return new AxisRelation.Tied(node.In(0, a.Length - 2), node.Out(y.Length - (b.Length > 1 ? 2 : 1)));
        }

        var batch = y[..Math.Max(0, y.Length - (a.Length > 1 ? 1 : 0) - (b.Length > 1 ? 1 : 0))];
        for (var input = 0; input < 2; input++)
        {
            var shape = node.InputShape(input);
            var own = shape[..Math.Max(0, shape.Length - 2)];
            foreach (var relation in Broadcast.Align(node.Node.Inputs[input], own, node.Node.Outputs[0], batch))
            {
                yield return relation;
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Weighing> Weighings(NodeView node) =>
        [new Weighing(1, 0) { UniformChannels = node.InputShape(1).Length == 2 ? 1 : null }, new Weighing(0, 1)];

    /// <inheritdoc/>
    public override IEnumerable<AxisRef> Contracted(NodeView node) =>
        [node.In(0, node.InputShape(0).Length - 1), node.In(1, Math.Max(0, node.InputShape(1).Length - 2))];

    /// <inheritdoc/>
    public override long Macs(NodeView node) => TensorData.Count(node.OutputShape()) * node.InputShape(0)[^1];
}
