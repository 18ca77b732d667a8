using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>
/// RotaryEmbedding of ONNX (opset 23) and com.microsoft (version 1): turns pairs of places of each head by their position, of
/// X [B, h, S, d] or [B, S, h d]. Whole heads can go; the width d stays, since its places have pairs and angles.
/// </summary>
/// <param name="domain">The operator domain.</param>
public sealed class RotaryEmbedding(string domain) : Operator
{
    private const string Heads = "heads";
    private const string Width = "width";

    /// <inheritdoc/>
    public override string Domain => domain;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["RotaryEmbedding"];

    /// <inheritdoc/>
    public override IEnumerable<(string Name, int Extent)> Inner(NodeView node) =>
        Count(node) is > 0 and var heads ? [(Heads, heads), (Width, node.InputShape(0)[2] / heads)] : [];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        if (node.InputShape(0).Length == 4)
        {
            return [new AxisRelation.Tied(node.In(0, 1), node.Out(1))];
        }

        return Count(node) is > 0 and var heads
            ?
            [
                new AxisRelation.Tied(node.In(0, 2), node.Out(2)),
                .. AxisRelation.Product.RowMajor(node.Out(2), (node.Inner(Heads), heads), (node.Inner(Width), node.InnerExtent(Width))),
                new AxisRelation.Frozen(node.Inner(Width), "its places are turned in pairs"),
            ]
            : [];
    }

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after) => new(
        Count(before) > 0 && before.Node.GetInt("num_heads", 0) > 0
            ? before.Node.With("num_heads", new AttributeValue.Int(after.InnerExtent(Heads)))
            : before.Node);

    // 0 where heads have an axis of their own. Without the attribute, the angles tell: they are for half a width each.
    private int Count(NodeView node)
    {
        if (node.InputShape(0).Length != 3)
        {
            return 0;
        }

        var angles = node.InputShape(domain.Length == 0 ? 1 : 2);
        return node.Node.GetInt("num_heads", 0) is > 0 and var stated
            ? (int)stated
            : node.Node.GetInt("rotary_embedding_dim", 0) == 0 && angles[^1] > 0 ? node.InputShape(0)[2] / (2 * angles[^1]) : 0;
    }
}
