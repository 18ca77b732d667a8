using System.Collections.Immutable;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Importance;

/// <summary>
/// Squared magnitude of a channel divided by the sum of its own and of all larger ones of its group (Lee et al. 2021, "LAMP",
/// equation 4, on channels). The order within a group is that of magnitude; what differs is how groups compare.
/// </summary>
public sealed class LampCriterion : ImportanceCriterion
{
    /// <inheritdoc/>
    protected override IEnumerable<double[]> Score(GraphIndex index, ImmutableArray<ChannelGroup> groups) =>
        SquaredMagnitudes.Of(index, groups).Select(Relate);

    // From the largest down, so that each sum is of what is at least as large; of equal ones the last counts as the largest.
    private static double[] Relate(double[] squares)
    {
        var scores = new double[squares.Length];
        var larger = 0.0;
        foreach (var channel in Enumerable.Range(0, squares.Length).OrderBy(channel => squares[channel]).ThenBy(channel => channel).Reverse())
        {
            larger += squares[channel];
            scores[channel] = larger > 0 ? squares[channel] / larger : 0;
        }

        return scores;
    }
}
