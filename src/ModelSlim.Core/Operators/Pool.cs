using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>Pools: X [N, C, ...] to Y [N, C, ...]. Each channel is pooled by itself; spatial axes do not change.</summary>
public sealed class Pool : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } =
        ["AveragePool", "GlobalAveragePool", "GlobalLpPool", "GlobalMaxPool", "LpPool", "MaxPool"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        // The second output of MaxPool holds positions in the flattened input, which change with every cut.
        if (node.Node.Outputs.Length > 1 && node.Node.Outputs[1].Length > 0)
        {
            yield break;
        }

        yield return new AxisRelation.Tied(node.In(0, 0), node.Out(0));
        yield return new AxisRelation.Tied(node.In(0, 1), node.Out(1));
    }
}
