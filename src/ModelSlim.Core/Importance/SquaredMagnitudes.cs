using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Importance;

/// <summary>
/// For every weight of rank 2 and more on a group's axes, the mean square over a channel's slice relative to the whole
/// weight, summed over the weights.
/// </summary>
internal static class SquaredMagnitudes
{
    /// <summary>For each group, in order: a number per channel.</summary>
    public static IEnumerable<double[]> Of(GraphIndex index, ImmutableArray<ChannelGroup> groups)
    {
        // Many groups may lie on one weight, as behind Concat; it is read once an axis.
        var known = new Dictionary<AxisRef, AxisSquares?>();
        AxisSquares? Squares(AxisRef axis) => known.TryGetValue(axis, out var squares) ? squares
            : known[axis] = index.Constant(axis.Value) is { IsFloatingPoint: true, Shape.Length: > 1 } weight
                ? AxisSquares.Of(weight, axis.Axis)
                : null;
        foreach (var group in groups)
        {
            var scores = new double[group.Channels];
            for (var member = 0; member < group.Members.Length; member++)
            {
                if (Squares(group.Members[member]) is { Mean: > 0 } squares)
                {
                    Add(scores, group, member, squares);
                }
            }

            yield return scores;
        }
    }

    private static void Add(double[] scores, ChannelGroup group, int member, AxisSquares squares)
    {
        for (var channel = 0; channel < scores.Length; channel++)
        {
            var places = group.Places[channel][member];
            var sum = 0.0;
            foreach (var place in places)
            {
                sum += squares.Sums[place];
            }

            scores[channel] += sum / (places.Length * squares.Mean);
        }
    }
}
