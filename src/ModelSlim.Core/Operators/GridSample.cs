using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// GridSample of ONNX (opset 16, 20, 22) and com.microsoft (version 1): X [N, C, D1 ...] is sampled
/// at grid [N, E1 ..., rank - 2] to [N, C, E1 ...], each channel by itself.
/// </summary>
/// <param name="domain">The operator domain.</param>
public sealed class GridSample(string domain) : Operator
{
    /// <inheritdoc/>
    public override string Domain => domain;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["GridSample"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        yield return new AxisRelation.Tied(node.In(0, 0), node.Out(0));
        yield return new AxisRelation.Tied(node.In(0, 0), node.In(1, 0));
        yield return new AxisRelation.Tied(node.In(0, 1), node.Out(1));
        for (var axis = 2; axis < node.OutputShape().Length; axis++)
        {
            yield return new AxisRelation.Tied(node.In(1, axis - 1), node.Out(axis));
        }
    }
}
