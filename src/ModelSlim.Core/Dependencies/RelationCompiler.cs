using System.Collections.Immutable;
using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Dependencies;

/// <summary>Carries axis relations over into classes of cells.</summary>
internal sealed class RelationCompiler(CellSpace cells)
{
    private readonly List<(AxisRelation.Product Product, AxisRelation.Split? Split)> products = [];
    private readonly HashSet<AxisRelation.Split> dropped = new(ReferenceEqualityComparer.Instance);
    private readonly List<(AxisRef Axis, string Reason)> mixed = [];

    /// <summary>Relations that joined several axes into one.</summary>
    public ImmutableArray<AxisRelation.Product> Products => [.. products.Where(Stands).Select(entry => entry.Product)];

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
                products.Add((product, null));
                break;
            case AxisRelation.Split split:
                products.AddRange(split.Products.Select(product => (product, (AxisRelation.Split?)split)));
                break;
            case AxisRelation.Mixed(var axis, var reason):
                mixed.Add((axis, reason));
                break;
        }
    }

    /// <summary>
    /// Where two indices of joined axes are in one class, the one goes only with the other: their factors are united, one by
    /// one. Where the two are not split alike, a node that can say something else instead says that. Gives the joined axes
    /// where none can, which nothing can be cut from.
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
                var merged = products[product].Product.Merged;
                var (first, extent) = (cells.Cell(merged, 0), cells.Extent(merged));
                for (var i = 0; i < extent && Stands(products[product]); i++)
                {
                    var cell = cells.Class(first + i);
                    if (seen.TryGetValue(cell, out var met) && Stands(products[met.Product]))
                    {
                        changed |= Match(met, (product, i), alike, clashes);
                    }
                    else
                    {
                        seen[cell] = (product, i);
                    }
                }
            }
        }
        while (changed);
        return [.. clashes];
    }

    private bool Stands((AxisRelation.Product Product, AxisRelation.Split? Split) entry) =>
        entry.Split is null || !dropped.Contains(entry.Split);

    private bool Match(
        (int Product, int Index) one, (int Product, int Index) other, Dictionary<(int, int), bool> alike, SortedSet<AxisRef> clashes)
    {
        var (a, b) = (products[one.Product].Product, products[other.Product].Product);
        if (!alike.TryGetValue((one.Product, other.Product), out var same))
        {
            alike[(one.Product, other.Product)] = same = SplitAlike(a, b);
        }

        if (!same)
        {
            if (Drop(products[one.Product].Split) || Drop(products[other.Product].Split))
            {
                return true;
            }

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

    // True where the node says something else from now on.
    private bool Drop(AxisRelation.Split? split)
    {
        if (split is null || !dropped.Add(split))
        {
            return false;
        }

        foreach (var relation in split.Otherwise)
        {
            Add(relation);
        }

        return true;
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
