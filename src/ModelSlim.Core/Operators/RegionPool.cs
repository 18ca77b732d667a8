using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX MaxRoiPool (opset 1, 22) and RoiAlign (opset 10, 16, 22): regions [R, 4 or 5] of X [N, C, H, W] are pooled to
/// [R, C, h, w], each channel by itself; regions name the picture by number.
/// </summary>
public sealed class RegionPool : Operator
{
    private const int PictureNumbers = 2;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["MaxRoiPool", "RoiAlign"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        yield return new AxisRelation.Tied(node.In(0, 1), node.Out(1));
        yield return new AxisRelation.Tied(node.In(1, 0), node.Out(0));
        if (node.HasInput(PictureNumbers))
        {
            yield return new AxisRelation.Tied(node.In(1, 0), node.In(PictureNumbers, 0));
        }
    }
}
