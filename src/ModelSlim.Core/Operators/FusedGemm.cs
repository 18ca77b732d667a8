using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>com.microsoft FusedGemm: Gemm, then an activation that each element goes through.</summary>
public sealed class FusedGemm : Operator
{
    private readonly Gemm product = new();

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["FusedGemm"];

    /// <inheritdoc/>
    public override string Domain => "com.microsoft";

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node) => product.Relate(node);

    /// <inheritdoc/>
    public override IEnumerable<AxisRef> Contracted(NodeView node) => product.Contracted(node);

    /// <inheritdoc/>
    public override long Macs(NodeView node) => product.Macs(node);
}
