using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Importance;

/// <summary>
/// L2 norm of all that belongs to a channel: for every weight of rank 2 and more on the group's axes, the root mean square
/// over the channel's slice relative to the whole weight, averaged over the weights (group magnitude, Fang et al. 2023).
/// </summary>
public sealed class MagnitudeCriterion : ImportanceCriterion
{
    /// <inheritdoc/>
    protected override double[] Score(GraphIndex index, ChannelGroup group)
    {
        var scores = new double[group.Channels];
        for (var member = 0; member < group.Members.Length; member++)
        {
            var axis = group.Members[member];
            if (index.Constant(axis.Value) is { IsFloatingPoint: true, Shape.Length: > 1 } weight)
            {
                Add(scores, group, member, SquaresAlong(weight, axis.Axis));
            }
        }

        return Array.ConvertAll(scores, Math.Sqrt);
    }

    private static void Add(double[] scores, ChannelGroup group, int member, double[] squares)
    {
        var mean = squares.Average();
        for (var channel = 0; mean > 0 && channel < scores.Length; channel++)
        {
            var places = group.Places[channel][member];
            scores[channel] += places.Sum(place => squares[place]) / (places.Length * mean);
        }
    }

    private static double[] SquaresAlong(TensorData weight, int axis)
    {
        var values = weight.ToSingles().AsSpan();
        var squares = new double[weight.Shape[axis]];
        var run = (int)TensorData.Count(weight.Shape[(axis + 1)..]);
        for (var start = 0; start < values.Length; start += run)
        {
            var sum = 0.0;
            foreach (var value in values.Slice(start, run))
            {
                sum += (double)value * value;
            }

            squares[start / run % squares.Length] += sum;
        }

        return squares;
    }
}
