using System.Collections.Immutable;

namespace ModelSlim.Core.Operators;

/// <summary>Reads the bounds of a Slice, which are attributes up to opset 9 and inputs from then on.</summary>
internal static class SliceBounds
{
    private const int AxesInput = 3;
    private const int StepsInput = 4;

    /// <summary>The sliced axes in the order of the bounds, counted from 0; null where they are not known.</summary>
    public static ImmutableArray<int>? Axes(NodeView node)
    {
        var rank = node.InputShape(0).Length;
        var stated = node.Node.Inputs.Length > 1
            ? node.HasInput(AxesInput) ? node.Integers(AxesInput) : Counted(node.InputShape(1)[0])
            : node.Node.GetInts("axes") is { IsDefault: false } axes ? axes : Counted(node.Node.GetInts("starts").Length);
        return stated.IsDefault ? null : [.. stated.Select(axis => (int)(axis < 0 ? axis + rank : axis))];
    }

    /// <summary>Starts (1) or ends (2) as stated; default (not initialised) where they depend on data.</summary>
    public static ImmutableArray<long> Stated(NodeView node, int input) =>
        node.Node.Inputs.Length > 1 ? node.Integers(input) : node.Node.GetInts(input == 1 ? "starts" : "ends");

    /// <summary>The range of each axis; null where bounds or steps depend on data.</summary>
    public static ImmutableArray<SliceRange>? Read(NodeView node, ImmutableArray<int> axes)
    {
        var (starts, ends) = (Stated(node, 1), Stated(node, 2));
        var steps = node.HasInput(StepsInput) ? node.Integers(StepsInput) : [.. Enumerable.Repeat(1L, axes.Length)];
        if (starts.IsDefault || ends.IsDefault || steps.IsDefault)
        {
            return null;
        }

        return [.. axes.Select((axis, place) => SliceRange.Of(starts[place], ends[place], steps[place], node.InputShape(0)[axis]))];
    }

    private static ImmutableArray<long> Counted(int count) => [.. Enumerable.Range(0, count).Select(axis => (long)axis)];
}
