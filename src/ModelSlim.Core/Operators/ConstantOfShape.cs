using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>ONNX ConstantOfShape (opset 9, 20 to 24): one value everywhere, so every axis is free, and the stated shape follows.</summary>
public sealed class ConstantOfShape : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["ConstantOfShape"];

    /// <inheritdoc/>
    public override IReadOnlyList<int> SizeInputs { get; } = [0];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node) => node.Integers(0).IsDefault
        ? []
        : Enumerable.Range(0, node.OutputShape().Length).Select(axis => new AxisRelation.Tied(node.Out(axis), node.Out(axis)));

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after) =>
        new NodeRewrite(before.Node).WithSizes(0, [.. after.OutputShape().Select(extent => (long)extent)]);
}
