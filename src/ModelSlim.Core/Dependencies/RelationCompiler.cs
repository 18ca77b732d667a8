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
                Unite(cells.Extent(one), i => cells.Cell(one, i), i => cells.Cell(other, i));
                break;
            case AxisRelation.Part(var whole, var offset, var slice):
                Unite(cells.Extent(slice), i => cells.Cell(slice, i), i => cells.Cell(whole, offset + i));
                break;
            case AxisRelation.Blocked(var outer, var merged):
                var run = cells.Extent(merged) / cells.Extent(outer);
                Unite(cells.Extent(merged), i => cells.Cell(merged, i), i => cells.Cell(outer, i / run));
                break;
            case AxisRelation.Repeated(var shorter, var longer):
                var period = cells.Extent(shorter);
                Unite(cells.Extent(longer), i => cells.Cell(longer, i), i => cells.Cell(shorter, i % period));
                break;
            case AxisRelation.Grouped(var axis, var groups):
                var length = cells.Extent(axis) / groups;
                Unite(cells.Extent(axis), i => cells.Cell(axis, i), i => cells.Cell(axis, i % length));
                break;
            case AxisRelation.Moved(var to, var from, var places):
                for (var i = 0; i < places.Length; i++)
                {
                    if (places[i] >= 0)
                    {
                        cells.Unite(cells.Cell(to, i), cells.Cell(from, places[i]));
                    }
                }

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
    /// Where two products join into the same classes, an index of the one goes only with the same index of the other: like
    /// factors are united. Gives the joined axes where the two do not split alike, which nothing can be cut from.
    /// </summary>
    public ImmutableArray<AxisRef> Reconcile()
    {
        var clashes = new SortedSet<AxisRef>();
        bool changed;
        do
        {
            changed = false;
            var seen = new Dictionary<int, (AxisRelation.Product Product, int Index)>();
            foreach (var product in products)
            {
                for (var i = 0; i < cells.Extent(product.Merged); i++)
                {
                    var cell = cells.Class(cells.Cell(product.Merged, i));
                    if (!seen.TryAdd(cell, (product, i)) && !ReferenceEquals(seen[cell].Product, product))
                    {
                        changed |= Match(seen[cell].Product, seen[cell].Index, product, i, clashes);
                    }
                }
            }
        }
        while (changed);
        return [.. clashes];
    }

    private bool Match(AxisRelation.Product one, int i, AxisRelation.Product other, int j, SortedSet<AxisRef> clashes)
    {
        var alike = i == j
            && one.Factors.Length == other.Factors.Length
            && one.Places.Zip(other.Places).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second.AsSpan()));
        if (!alike)
        {
            clashes.Add(one.Merged);
            clashes.Add(other.Merged);
            return false;
        }

        var changed = false;
        for (var factor = 0; factor < one.Factors.Length; factor++)
        {
            changed |= cells.Unite(
                cells.Cell(one.Factors[factor], one.Places[factor][i]),
                cells.Cell(other.Factors[factor], other.Places[factor][j]));
        }

        return changed;
    }

    private void Unite(int count, Func<int, int> one, Func<int, int> other)
    {
        for (var i = 0; i < count; i++)
        {
            cells.Unite(one(i), other(i));
        }
    }
}
