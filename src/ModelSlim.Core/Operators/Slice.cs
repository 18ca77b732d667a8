using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX Slice (opset 1 with attributes; 10, 11, 13 with inputs <c>starts</c>, <c>ends</c>, <c>axes</c> and <c>steps</c>). A step
/// of more than one takes one of every few indices; each goes only with those it skips, so that the step still holds.
/// </summary>
public sealed class Slice : Operator
{
    private const int Starts = 1;
    private const int Ends = 2;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Slice"];

    /// <inheritdoc/>
    public override IReadOnlyList<int> SizeInputs { get; } = [Starts, Ends];

    /// <inheritdoc/>
    public override DataMovement Movement(Node node) => DataMovement.OfFirst with { IntegersOnly = true };

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        if (SliceBounds.Axes(node) is not { } axes)
        {
            yield break;
        }

        var ranges = SliceBounds.Read(node, axes);
        for (var axis = 0; axis < node.InputShape(0).Length; axis++)
        {
            var place = axes.IndexOf(axis);
            if (place < 0)
            {
                yield return new AxisRelation.Tied(node.In(0, axis), node.Out(axis));
            }
            else if (ranges is null)
            {
                yield return new AxisRelation.Frozen(node.In(0, axis), "it is sliced at bounds that depend on data");
                yield return new AxisRelation.Frozen(node.Out(axis), "it is sliced at bounds that depend on data");
            }
            else if (node.Node.Inputs.Length > 1 && !(node.IsFixed(Starts, place) && node.IsFixed(Ends, place)))
            {
                yield return new AxisRelation.Frozen(node.In(0, axis), "it is sliced at bounds that depend on the input size");
                yield return new AxisRelation.Frozen(node.Out(axis), "it is sliced at bounds that depend on the input size");
            }
            else
            {
                yield return new AxisRelation.Moved(node.In(0, axis), node.Out(axis), ranges.Value[place].OutputOfInput(node.InputShape(0)[axis]));
            }
        }
    }

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after)
    {
        if (SliceBounds.Axes(before) is not { } axes || SliceBounds.Read(before, axes) is not { } old)
        {
            return new NodeRewrite(before.Node);
        }

        var (starts, ends) = (SliceBounds.Stated(after, Starts).ToBuilder(), SliceBounds.Stated(after, Ends).ToBuilder());
        for (var place = 0; place < axes.Length; place++)
        {
            var (start, end) = (starts[place], ends[place]);
            if (after.Kept(before.In(0, axes[place])) is not { } kept)
            {
                // The axis is whole: whatever an extent of another axis has become, the bounds are what they were.
                (starts[place], ends[place]) = (SliceBounds.Stated(before, Starts)[place], SliceBounds.Stated(before, Ends)[place]);
                continue;
            }

            var range = old[place].Among(kept);
            var holds = SliceRange.Of(start, end, range.Step, kept.Length);
            (starts[place], ends[place]) = holds == range ? (start, end) : range.Bounds;
        }

        return before.Node.Inputs.Length > 1
            ? new NodeRewrite(before.Node).WithSizes(Starts, starts.DrainToImmutable()).WithSizes(Ends, ends.DrainToImmutable())
            : new NodeRewrite(before.Node
                .With("starts", new AttributeValue.Ints(starts.DrainToImmutable()))
                .With("ends", new AttributeValue.Ints(ends.DrainToImmutable())));
    }
}
