using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// com.microsoft operators that each element goes through by itself, some after the addition of a bias, which broadcasts:
/// BiasGelu, FastGelu, Gelu, QuickGelu.
/// </summary>
public sealed class FusedElementwise : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["BiasGelu", "FastGelu", "Gelu", "QuickGelu"];

    /// <inheritdoc/>
    public override string Domain => "com.microsoft";

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node) =>
        Enumerable.Range(0, node.InputCount).Where(node.HasInput).SelectMany(input =>
            Broadcast.Align(node.Node.Inputs[input], node.InputShape(input), node.Node.Outputs[0], node.OutputShape()));
}
