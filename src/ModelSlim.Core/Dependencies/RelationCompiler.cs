using System.Collections.Immutable;
using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Dependencies;

/// <summary>Carries axis relations over into classes of cells.</summary>
internal sealed class RelationCompiler(CellSpace cells)
{
    private readonly List<AxisRelation.Product> products = [];
    private readonly List<(AxisRef Axis, string Reason)> mixed = [];

    /// <summary>Relations that joined several axes into one.</summary>
    public IReadOnlyList<AxisRelation.Product> Products => products;

    /// <summary>Axes whose channels influence each other.</summary>
    public IReadOnlyList<(AxisRef Axis, string Reason)> Mixed => mixed;

    /// <summary>Takes a relation in. Frozen relations are the caller's.</summary>
    public void Add(AxisRelation relation)
    {
        switch (relation)
        {
            case AxisRelation.Tied(var one, var other):
                Unite(one, other, i => i);
                break;
            case AxisRelation.Part(var whole, var offset, var slice):
                Unite(slice, whole, i => offset + i);
                break;
            case AxisRelation.Blocked(var outer, var merged):
                var run = cells.Extent(merged) / cells.Extent(outer);
                Unite(merged, outer, i => i / run);
                break;
            case AxisRelation.Repeated(var shorter, var longer):
                var period = cells.Extent(shorter);
                Unite(longer, shorter, i => i % period);
                break;
            case AxisRelation.Grouped(var axis, var groups):
                var length = cells.Extent(axis) / groups;
                Unite(axis, axis, i => i % length);
                break;
            case AxisRelation.Moved(var to, var from, var places):
                Unite(to, from, i => places[i]);
                break;
            case AxisRelation.Product product:
                products.Add(product);
                break;
            case AxisRelation.Mixed(var axis, var reason):
                mixed.Add((axis, reason));
                break;
        }
    }

    /// <summary>
    /// Where two indices of joined axes are in one class, the one goes only with the other: their factors are united, one by
    /// one. Gives the joined axes where the two are not split alike, which nothing can be cut from.
    /// </summary>
    public ImmutableArray<AxisRef> Reconcile()
    {
        var clashes = new SortedSet<AxisRef>();
        var alike = new Dictionary<(int, int), bool>();
        bool changed;
        do
        {
            changed = false;
            var seen = new Dictionary<int, (int Product, int Index)>();
            for (var product = 0; product < products.Count; product++)
            {
                var (first, extent) = (cells.Cell(products[product].Merged, 0), cells.Extent(products[product].Merged));
                for (var i = 0; i < extent; i++)
                {
                    var cell = cells.Class(first + i);
                    if (!seen.TryAdd(cell, (product, i)))
                    {
                        changed |= Match(seen[cell], (product, i), alike, clashes);
                    }
                }
            }
        }
        while (changed);
        return [.. clashes];
    }

    private bool Match(
        (int Product, int Index) one, (int Product, int Index) other, Dictionary<(int, int), bool> alike, SortedSet<AxisRef> clashes)
    {
        var (a, b) = (products[one.Product], products[other.Product]);
        if (!alike.TryGetValue((one.Product, other.Product), out var same))
        {
            alike[(one.Product, other.Product)] = same = SplitAlike(a, b);
        }

        if (!same)
        {
            clashes.Add(a.Merged);
            clashes.Add(b.Merged);
            return false;
        }

        var changed = false;
        for (var factor = 0; factor < a.Factors.Length; factor++)
        {
            changed |= cells.Unite(
                cells.Cell(a.Factors[factor], a.Places[factor][one.Index]),
                cells.Cell(b.Factors[factor], b.Places[factor][other.Index]));
        }

        return changed;
    }

    private static bool SplitAlike(AxisRelation.Product one, AxisRelation.Product other) =>
        one.Factors.Length == other.Factors.Length
        && one.Places.Zip(other.Places).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second.AsSpan()));

    // Index i of the one axis goes with the place of i on the other; a negative place is none.
    private void Unite(AxisRef one, AxisRef other, Func<int, int> place)
    {
        var (first, second, extent) = (cells.Cell(one, 0), cells.Cell(other, 0), cells.Extent(one));
        for (var i = 0; i < extent; i++)
        {
            if (place(i) >= 0)
            {
                cells.Unite(first + i, second + place(i));
            }
        }
    }
}
