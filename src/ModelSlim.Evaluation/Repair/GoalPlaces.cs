using System.Collections.Immutable;

namespace ModelSlim.Evaluation.Repair;

/// <summary>Where in the original an element of a shortened value comes from: the sum of what its row and its channel say.</summary>
internal sealed class GoalPlaces
{
    private readonly ImmutableArray<int> slim;
    private readonly int[][] offsets;
    private readonly bool[] isChannel;

    private GoalPlaces(ImmutableArray<int> slim, int[][] offsets, bool[] isChannel)
    {
        this.slim = slim;
        this.offsets = offsets;
        this.isChannel = isChannel;
    }

    /// <summary>Maps places.</summary>
    /// <param name="layout">The layer in the slim model.</param>
    /// <param name="original">Shape of its output in the original.</param>
    /// <param name="kept">For each axis the indices that were kept; null where all were.</param>
    /// <returns>The map; null where the shapes are not one another's.</returns>
    public static GoalPlaces? Of(LayerLayout layout, ImmutableArray<int> original, Func<int, ImmutableArray<int>?> kept)
    {
        var slim = layout.OutputShape;
        if (slim.Length != original.Length)
        {
            return null;
        }

        var offsets = new int[slim.Length][];
        var stride = 1;
        for (var axis = slim.Length - 1; axis >= 0; axis--)
        {
            var indices = kept(axis) ?? [.. Enumerable.Range(0, original[axis])];
            if (indices.Length != slim[axis] || (indices.Length > 0 && indices[^1] >= original[axis]))
            {
                return null;
            }

            offsets[axis] = [.. indices.Select(index => index * stride)];
            stride = checked(stride * original[axis]);
        }

        return new GoalPlaces(slim, offsets, [.. Enumerable.Range(0, slim.Length).Select(axis => layout.ChannelAxes.Contains(axis))]);
    }

    /// <summary>The part of the place in the original that the row decides.</summary>
    public int Row(int rowPlace) => Sum(rowPlace, false);

    /// <summary>The part of the place in the original that the channel decides.</summary>
    public int Channel(int channelPlace) => Sum(channelPlace, true);

    private int Sum(int place, bool channel)
    {
        var sum = 0;
        for (var axis = slim.Length - 1; axis >= 0; axis--)
        {
            (place, var index) = Math.DivRem(place, slim[axis]);
            sum += isChannel[axis] == channel ? offsets[axis][index] : 0;
        }

        return sum;
    }
}
