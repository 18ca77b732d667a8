using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// com.microsoft FusedConv: Conv, then the addition of Z (input 3), which has the output's shape, then an activation that each
/// element goes through.
/// </summary>
public sealed class FusedConvolution : Operator
{
    private const int Addend = 3;

    private readonly Convolution convolution = new();

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["FusedConv"];

    /// <inheritdoc/>
    public override string Domain => "com.microsoft";

    /// <inheritdoc/>
    public override IEnumerable<(string Name, int Extent)> Inner(NodeView node) => convolution.Inner(node);

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        foreach (var relation in convolution.Relate(node))
        {
            yield return relation;
        }

        // Spatial axes of Y do not change, so those of Z do not either.
        for (var axis = 0; node.HasInput(Addend) && axis < 2; axis++)
        {
            yield return new AxisRelation.Tied(node.In(Addend, axis), node.Out(axis));
        }
    }

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after) => convolution.Rewrite(before, after);

    /// <inheritdoc/>
    public override IEnumerable<AxisRef> Contracted(NodeView node) => convolution.Contracted(node);

    /// <inheritdoc/>
    public override long Macs(NodeView node) => convolution.Macs(node);
}
