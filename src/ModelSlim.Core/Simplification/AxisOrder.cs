using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Simplification;

/// <summary>Tells whether movements, one after the other, do nothing but put the indices of one axis in another order.</summary>
internal static class AxisOrder
{
    /// <summary>The axis, and for each of its indices where it came from; null where that is not all that happens.</summary>
    /// <param name="shape">Extents of what goes in and of what comes out.</param>
    /// <param name="movements">The movements, the last one first; each moves one input.</param>
    public static (int Axis, ImmutableArray<long> Places)? Of(ImmutableArray<int> shape, IReadOnlyList<Movement> movements)
    {
        var (to, from) = (new int[shape.Length], new int[shape.Length]);
        var places = shape.Select(extent => Enumerable.Repeat(-1L, extent).ToArray()).ToArray();
        for (var element = 0; element < movements[0].Positions.Length; element++)
        {
            AxisMeetings.Unravel(element, shape, to);
            AxisMeetings.Unravel(movements.Aggregate(element, (position, movement) => movement.Positions[position]), shape, from);
            for (var axis = 0; axis < shape.Length; axis++)
            {
                ref var place = ref places[axis][to[axis]];
                if (place >= 0 && place != from[axis])
                {
                    return null;
                }

                place = from[axis];
            }
        }

        // Each element went from one index to another on every axis by itself, so that each axis was put in another order or none.
        var moved = Enumerable.Range(0, shape.Length).Where(axis => places[axis].Where((place, index) => place != index).Any()).ToArray();
        return moved.Length == 1 ? (moved[0], [.. places[moved[0]]]) : null;
    }
}
