using ModelSlim.Core.Axes;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Operators;

/// <summary>ONNX Gemm (opset 7 to 13): A [M, K] times B [K, N], each possibly transposed, plus C, which broadcasts to [M, N].</summary>
public sealed class Gemm : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Gemm"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var innerOfA = AInner(node);
        var rowsOfA = 1 - innerOfA;
        var innerOfB = BInner(node);
        var columnsOfB = 1 - innerOfB;
        yield return new AxisRelation.Tied(node.In(0, rowsOfA), node.Out(0));
        yield return new AxisRelation.Tied(node.In(0, innerOfA), node.In(1, innerOfB));
        yield return new AxisRelation.Tied(node.In(1, columnsOfB), node.Out(1));
        if (node.HasInput(2))
        {
            foreach (var relation in Broadcast.Align(node.In(2, 0).Value, node.InputShape(2), node.Node.Outputs[0], node.OutputShape()))
            {
                yield return relation;
            }
        }
    }

    /// <inheritdoc/>
    public override long Macs(NodeView node) =>
        TensorData.Count(node.OutputShape()) * node.InputShape(0)[AInner(node)];

    /// <inheritdoc/>
    public override IEnumerable<Weighing> Weighings(NodeView node) =>
    [
        new Weighing(1, 0)
        {
            UniformChannels = 1 - BInner(node),
            Scale = node.Node.GetFloat("alpha", 1),
            Bias = 2,
            BiasScale = node.Node.GetFloat("beta", 1),
        },
    ];

    /// <inheritdoc/>
    public override IEnumerable<AxisRef> Contracted(NodeView node) =>
        [node.In(0, AInner(node)), node.In(1, BInner(node))];

    private static int AInner(NodeView node) => node.Node.GetInt("transA", 0) != 0 ? 0 : 1;

    private static int BInner(NodeView node) => node.Node.GetInt("transB", 0) != 0 ? 1 : 0;
}
