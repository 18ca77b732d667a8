using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>Pools (all opsets): X [N, C, ...] to Y [N, C, ...]. Each channel is pooled by itself; spatial axes do not change.</summary>
public sealed class Pool : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } =
        ["AveragePool", "GlobalAveragePool", "GlobalLpPool", "GlobalMaxPool", "LpPool", "MaxPool"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        for (var axis = 0; axis < 2; axis++)
        {
            yield return new AxisRelation.Tied(node.In(0, axis), node.Out(axis));

            // The second output of MaxPool numbers places over the whole input, so it means something else after a cut. Only
            // MaxUnpool reads it as what it is.
            if (node.Node.Outputs.Length > 1 && node.Node.Outputs[1].Length > 0)
            {
                yield return node.OnlyFeeds(1, "MaxUnpool")
                    ? new AxisRelation.Tied(node.In(0, axis), node.Out(axis, 1))
                    : new AxisRelation.Frozen(node.In(0, axis), "MaxPool numbers places over all channels");
            }
        }
    }
}
