using System.Collections.Immutable;
using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>What an element of a value that depends on shapes alone was computed from.</summary>
/// <param name="Measures">
/// The elements of outputs of Shape and its like that it depends on: the name of that output, and the place in it; ascending.
/// </param>
/// <param name="IsCopy">True where it is the one measure, unchanged.</param>
public sealed record ShapeOrigin(ImmutableArray<AxisRef> Measures, bool IsCopy)
{
    /// <summary>Of no shape: a constant.</summary>
    public static ShapeOrigin None { get; } = new([], false);

    /// <summary>Computed from all of some elements.</summary>
    public static ShapeOrigin Of(IEnumerable<ShapeOrigin> elements)
    {
        var measures = elements.SelectMany(element => element.Measures).Distinct().Order().ToImmutableArray();
        return measures.IsEmpty ? None : new ShapeOrigin(measures, false);
    }
}
