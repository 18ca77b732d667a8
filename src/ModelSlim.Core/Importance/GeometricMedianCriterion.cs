using System.Collections.Immutable;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Importance;

/// <summary>
/// For every weight of rank 2 and more on the group's axes, the sum of the L2 distances between the channel's slice and those
/// of the group's other channels, summed over the weights: the channels nearest the geometric median, which the others can
/// stand in for, go first (He et al. 2019, "FPGM", equation 8). Takes time with the square of a group's channels.
/// </summary>
public sealed class GeometricMedianCriterion : ImportanceCriterion
{
    /// <inheritdoc/>
    protected override IEnumerable<double[]> Score(GraphIndex index, ImmutableArray<ChannelGroup> groups)
    {
        foreach (var group in groups)
        {
            var scores = new double[group.Channels];
            for (var member = 0; member < group.Members.Length; member++)
            {
                var (value, axis) = group.Members[member];
                if (index.Constant(value) is { IsFloatingPoint: true, Shape.Length: > 1 } weight)
                {
                    Add(scores, [.. group.Places.Select(places => weight.Take(axis, places[member].AsSpan()).ToSingles())]);
                }
            }

            yield return scores;
        }
    }

    private static void Add(double[] scores, float[][] slices)
    {
        for (var one = 0; one < slices.Length; one++)
        {
            for (var other = 0; other < one; other++)
            {
                var distance = Distance(slices[one], slices[other]);
                scores[one] += distance;
                scores[other] += distance;
            }
        }
    }

    // In one fixed order of summation, so that every CPU scores alike. A slice that is shorter counts as zero beyond its end.
    private static double Distance(float[] one, float[] other)
    {
        var (shorter, longer) = one.Length < other.Length ? (one, other) : (other, one);
        var sum = 0.0;
        for (var i = 0; i < shorter.Length; i++)
        {
            var difference = (double)longer[i] - shorter[i];
            sum += difference * difference;
        }

        foreach (var rest in longer.AsSpan(shorter.Length))
        {
            sum += (double)rest * rest;
        }

        return Math.Sqrt(sum);
    }
}
