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
        var (rowsOfA, innerOfA) = Axes(node, "transA");
        var (innerOfB, columnsOfB) = Axes(node, "transB");
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
        TensorData.Count(node.OutputShape()) * node.InputShape(0)[Axes(node, "transA").Inner];

    // Rows and columns of a factor, or columns and rows where it is transposed.
    private static (int Outer, int Inner) Axes(NodeView node, string attribute) =>
        node.Node.GetInt(attribute, 0) != 0 ? (1, 0) : (0, 1);
}
