using System.Collections.Immutable;
using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX Resize (opset 10: X, scales; 11, 13, 18, 19: X, roi, scales, sizes) and Upsample (opset 7 with attribute <c>scales</c>; 9 with
/// an input). An axis whose extent stays is copied, as channels are; where it is stated, the size follows.
/// </summary>
public sealed class Resize : Operator
{
    private const int RoiInput = 1;
    private const int SizesInput = 3;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Resize", "Upsample"];

    /// <inheritdoc/>
    public override IReadOnlyList<int> SizeInputs { get; } = [SizesInput];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var (from, to) = (node.InputShape(0), node.OutputShape());
        if (node.HasInput(SizesInput) && node.Integers(SizesInput).IsDefault)
        {
            yield break;
        }

        var axes = Axes(node);
        for (var axis = 0; axis < from.Length; axis++)
        {
            var place = axes.IndexOf(axis);
            if (place < 0 || (from[axis] == to[axis] && Scale(node, place) is 1 or null && IsWhole(node, place, axes.Length)))
            {
                yield return new AxisRelation.Tied(node.In(0, axis), node.Out(axis));
            }
        }
    }

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after)
    {
        if (!before.HasInput(SizesInput))
        {
            return new NodeRewrite(before.Node);
        }

        var stated = after.Integers(SizesInput);
        var axes = Axes(before);
        return new NodeRewrite(before.Node).WithSizes(
            SizesInput,
            [
                .. stated.Select((size, place) =>
                    before.In(0, axes[place]) is var axis && after.Kept(axis) is { } kept ? kept.Length : before.Integers(SizesInput)[place]),
            ]);
    }

    // From opset 18 on only some axes may be stated.
    private static ImmutableArray<int> Axes(NodeView node)
    {
        var rank = node.InputShape(0).Length;
        var stated = node.Node.GetInts("axes");
        return stated.IsDefault ? [.. Enumerable.Range(0, rank)] : [.. stated.Select(axis => (int)(axis < 0 ? axis + rank : axis))];
    }

    // The stated scale of an axis, or null where sizes are stated instead; NaN where it is computed.
    private static float? Scale(NodeView node, int place)
    {
        if (node.HasInput(SizesInput))
        {
            return null;
        }

        if (node.Node.Attributes.GetValueOrDefault("scales") is Graphs.AttributeValue.Floats stated)
        {
            return stated.Values[place];
        }

        var input = node.Node.Inputs.Length > 2 ? 2 : 1;
        return node.Constant(input) is { IsFloatingPoint: true } scales ? scales.ToSingles()[place] : float.NaN;
    }

    // Cropping looks at a part of the input, which roi [starts, ends] gives as fractions.
    private static bool IsWhole(NodeView node, int place, int axes) =>
        node.Node.GetText("coordinate_transformation_mode", "half_pixel") != "tf_crop_and_resize"
        || (node.Constant(RoiInput) is { IsFloatingPoint: true } roi && roi.ToSingles() is var bounds && bounds[place] == 0 && bounds[place + axes] == 1);
}
