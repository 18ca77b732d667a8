using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX If, Loop and Scan: their subgraphs are not looked into, so that all they read, from inputs or from around them, and all
/// they make stays as it is.
/// </summary>
public sealed class ControlFlow : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["If", "Loop", "Scan"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node) => [];

    /// <inheritdoc/>
    public override string Silence(Node node) => $"a subgraph of {node.OpType} reads or makes it";
}
