using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>ONNX AffineGrid (opset 20): a matrix [N, 2, 3] or [N, 3, 4] gives the places [N, H, W, 2] or [N, D, H, W, 3] that GridSample reads.</summary>
public sealed class AffineGrid : Operator
{
    private const int Size = 1;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["AffineGrid"];

    /// <inheritdoc/>
    public override IReadOnlyList<int> SizeInputs { get; } = [Size];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node) =>
        node.Integers(Size).IsDefault ? [] : [new AxisRelation.Tied(node.In(0, 0), node.Out(0))];

    /// <inheritdoc/>
    public override string Silence(Node node) => "AffineGrid computes coordinates with it";

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after) => after.Integers(Size) is { IsDefault: false } size
        ? new NodeRewrite(before.Node).WithSizes(Size, [after.OutputShape()[0], .. size[1..]])
        : new NodeRewrite(before.Node);
}
