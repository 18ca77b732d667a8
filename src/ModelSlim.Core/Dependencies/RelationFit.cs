using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Dependencies;

/// <summary>
/// Tells whether a relation fits the traced extents. What an operator says of a node of an unusual form may not; then nothing
/// it says of that node is believed.
/// </summary>
internal sealed class RelationFit(CellSpace cells)
{
    /// <summary>True where every axis exists and the extents are what the relation needs.</summary>
    public bool Holds(AxisRelation relation) => relation.Axes.All(cells.Has) && relation switch
    {
        AxisRelation.Tied(var one, var other) => cells.Extent(one) == cells.Extent(other),
        AxisRelation.Part(var whole, var offset, var slice) =>
            offset >= 0 && offset + cells.Extent(slice) <= cells.Extent(whole),
        AxisRelation.Blocked(var outer, var merged) => Divides(cells.Extent(outer), cells.Extent(merged)),
        AxisRelation.Repeated(var shorter, var longer) =>
            cells.Extent(shorter) == 0 ? cells.Extent(longer) == 0 : Divides(cells.Extent(shorter), cells.Extent(longer)),
        AxisRelation.Grouped(var axis, var groups) => Divides(groups, cells.Extent(axis)),
        AxisRelation.Moved(var to, var from, var places) =>
            places.Length == cells.Extent(to) && places.All(place => place < cells.Extent(from)),
        AxisRelation.Product(var merged, var factors, var places) =>
            factors.Length == places.Length
            && factors.Zip(places).All(factor => factor.Second.Length == cells.Extent(merged)
                && factor.Second.All(place => place >= 0 && place < cells.Extent(factor.First))),
        AxisRelation.Split(var products, var otherwise) => products.All(Holds) && otherwise.All(Holds),
        _ => true,
    };

    private static bool Divides(int part, int whole) => part > 0 && whole % part == 0;
}
