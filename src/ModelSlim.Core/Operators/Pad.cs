using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX Pad (opset 1 with attribute <c>paddings</c>; 2 with <c>pads</c>; 11, 13, 18, 19, 21 with an input, from 18 on for some axes).
/// What constant padding adds to an axis is free, and may go too. An axis that is reflected, repeated or wrapped stays whole.
/// </summary>
public sealed class Pad : Operator
{
    private const int PadsInput = 1;
    private const int AxesInput = 3;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Pad"];

    /// <inheritdoc/>
    public override IReadOnlyList<int> SizeInputs { get; } = [PadsInput];

    /// <inheritdoc/>
    public override DataMovement Movement(Node node) =>
        DataMovement.OfFirst with { IntegersOnly = true, FillInput = 2, FillAttribute = "value" };

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var rank = node.InputShape(0).Length;
        if (Axes(node) is not { } axes)
        {
            yield break;
        }

        var pads = Pads(node);
        var isConstant = node.Node.GetText("mode", "constant") == "constant";
        for (var axis = 0; axis < rank; axis++)
        {
            var place = axes.IndexOf(axis);
            if (place < 0)
            {
                yield return new AxisRelation.Tied(node.In(0, axis), node.Out(axis));
                continue;
            }

            var reason = pads.IsDefault ? "it is padded by widths that depend on data"
                : !IsFixed(node, place) || !IsFixed(node, place + axes.Length) ? "it is padded by widths that depend on the input size"
                : !isConstant && (pads[place] != 0 || pads[place + axes.Length] != 0) ? "it is padded with what is at its ends"
                : null;
            if (reason is null)
            {
                yield return new AxisRelation.Moved(node.Out(axis), node.In(0, axis), Places(node, axis, (int)pads[place]));
            }
            else
            {
                yield return new AxisRelation.Frozen(node.In(0, axis), reason);
                yield return new AxisRelation.Frozen(node.Out(axis), reason);
            }
        }
    }

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after)
    {
        if (Axes(before) is not { } axes || Pads(before) is not { IsDefault: false } pads)
        {
            return new NodeRewrite(before.Node);
        }

        var wanted = pads.ToBuilder();
        for (var place = 0; place < axes.Length; place++)
        {
            var (input, output) = (before.In(0, axes[place]), before.Out(axes[place]));
            var from = after.Kept(input) ?? All(before.InputShape(0)[axes[place]]);
            var to = after.Kept(output) ?? All(before.OutputShape()[axes[place]]);
            var (begin, end) = ((int)pads[place], before.InputShape(0)[axes[place]] + (int)pads[place]);

            // Before the first index of the input come what was added or, below 0, what was taken away; likewise at its end.
            wanted[place] = begin >= 0 ? to.Count(index => index < begin) : -from.Count(index => index < -begin);
            wanted[place + axes.Length] = pads[place + axes.Length] >= 0
                ? to.Count(index => index >= end)
                : -from.Count(index => index >= before.InputShape(0)[axes[place]] + pads[place + axes.Length]);
        }

        var name = AttributeName(before.Node);
        return name is null
            ? new NodeRewrite(before.Node).WithSizes(PadsInput, wanted.DrainToImmutable())
            : new NodeRewrite(before.Node.With(name, new AttributeValue.Ints(wanted.DrainToImmutable())));
    }

    private static ImmutableArray<int> All(int extent) => [.. Enumerable.Range(0, extent)];

    private static ImmutableArray<int> Places(NodeView node, int axis, int begin)
    {
        var extent = node.InputShape(0)[axis];
        return [.. Enumerable.Range(0, node.OutputShape()[axis]).Select(index => index - begin is var source && source < extent ? Math.Max(-1, source) : -1)];
    }

    private static ImmutableArray<int>? Axes(NodeView node)
    {
        var rank = node.InputShape(0).Length;
        if (!node.HasInput(AxesInput))
        {
            return All(rank);
        }

        var stated = node.Integers(AxesInput);
        return stated.IsDefault ? null : [.. stated.Select(axis => (int)(axis < 0 ? axis + rank : axis))];
    }

    // All beginnings, then all ends.
    private static ImmutableArray<long> Pads(NodeView node) =>
        AttributeName(node.Node) is { } name ? node.Node.GetInts(name) : node.HasInput(PadsInput) ? node.Integers(PadsInput) : default;

    private static bool IsFixed(NodeView node, int element) => AttributeName(node.Node) is not null || node.IsFixed(PadsInput, element);

    private static string? AttributeName(Node node) =>
        node.Attributes.ContainsKey("pads") ? "pads" : node.Attributes.ContainsKey("paddings") ? "paddings" : null;
}
