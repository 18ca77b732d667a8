using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>
/// Operators on the matrices that the last two axes hold: Det (opset 11, 22), and Trilu (opset 14; com.microsoft version 1), which keeps a
/// triangle. Matrices stay whole; the axes before them are carried on.
/// </summary>
/// <param name="domain">The operator domain.</param>
public sealed class Matrices(string domain) : Operator
{
    /// <inheritdoc/>
    public override string Domain => domain;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = domain.Length == 0 ? ["Det", "Trilu"] : ["Trilu"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node) => Enumerable.Range(0, Math.Max(0, node.InputShape(0).Length - 2))
        .Select(axis => new AxisRelation.Tied(node.In(0, axis), node.Out(axis)));

    /// <inheritdoc/>
    public override string Silence(Node node) => $"{node.OpType} takes rows and columns for one matrix";
}
