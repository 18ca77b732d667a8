using System.Collections.Immutable;

namespace ModelSlim.Core.Axes;

/// <summary>What is left of every axis that gets shorter, over the whole graph.</summary>
public sealed class ChannelCuts
{
    /// <summary>Makes cuts from the kept indices, ascending, of each axis that gets shorter.</summary>
    public ChannelCuts(IEnumerable<KeyValuePair<AxisRef, ImmutableArray<int>>> kept)
    {
        Kept = kept.ToImmutableSortedDictionary();
    }

    /// <summary>Kept indices, ascending, by axis. An axis that is not here stays whole.</summary>
    public ImmutableSortedDictionary<AxisRef, ImmutableArray<int>> Kept { get; }

    /// <summary>True where nothing is cut.</summary>
    public bool IsEmpty => Kept.IsEmpty;

    /// <summary>Kept indices of an axis, or null where it stays whole.</summary>
    public ImmutableArray<int>? Of(string value, int axis) =>
        Kept.TryGetValue(new AxisRef(value, axis), out var kept) ? kept : null;

    /// <summary>Shape of a value after the cuts.</summary>
    public ImmutableArray<int> Shorten(string value, ImmutableArray<int> shape)
    {
        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (Of(value, axis) is { } kept)
            {
                shape = shape.SetItem(axis, kept.Length);
            }
        }

        return shape;
    }
}
