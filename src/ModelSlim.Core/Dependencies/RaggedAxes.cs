using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Dependencies;

/// <summary>
/// Finds axes that hold an uneven part of joined axes, as where Gather takes the places (0, 1) and (1, 0) of two axes that Reshape
/// joined. Each factor keeps at least one channel, but those that are left of two factors may not meet on such an axis, and nothing
/// would be left of it. Where every taken index of one factor meets every taken index of the others, that cannot be.
/// </summary>
internal sealed class RaggedAxes
{
    private readonly CellSpace cells;
    private readonly IReadOnlyList<AxisRelation.Product> products;
    private readonly Dictionary<int, (int Product, int Index)> joined = [];
    private readonly Dictionary<int, int[]?> factors = [];
    private readonly Dictionary<NumberList, bool> answers = [];

    /// <summary>Reads the classes and the products once they are settled.</summary>
    public RaggedAxes(CellSpace cells, IReadOnlyList<AxisRelation.Product> products)
    {
        this.cells = cells;
        this.products = products;
        for (var product = 0; product < products.Count; product++)
        {
            var (first, extent) = (cells.Cell(products[product].Merged, 0), cells.Extent(products[product].Merged));
            for (var i = 0; i < extent; i++)
            {
                joined.TryAdd(cells.Class(first + i), (product, i));
            }
        }
    }

    /// <summary>The axes, in graph order.</summary>
    /// <param name="removable">Classes of which some may go; axes without any keep what they have.</param>
    public IEnumerable<AxisRef> Find(IReadOnlySet<int> removable) =>
        joined.Count == 0 ? [] : cells.Axes.Where(axis => Classes(axis).Any(removable.Contains) && IsRagged(axis));

    // Most axes have the classes of another one.
    private bool IsRagged(AxisRef axis)
    {
        int[] places = [.. Classes(axis).Where(joined.ContainsKey).Distinct()];
        var key = new NumberList(places);
        if (!answers.TryGetValue(key, out var isRagged))
        {
            isRagged = places.GroupBy(place => joined[place].Product).Any(part => !IsRectangle([.. part.Select(Factors)]));
            answers[key] = isRagged;
        }

        return isRagged;
    }

    private IEnumerable<int> Classes(AxisRef axis) => Enumerable.Range(cells.Cell(axis, 0), cells.Extent(axis)).Select(cells.Class);

    private static bool IsRectangle(List<int[]?> places)
    {
        if (places.Any(place => place?.Length != places[0]?.Length || place is null))
        {
            return false;
        }

        var sides = Enumerable.Range(0, places[0]!.Length)
            .Aggregate(1L, (product, factor) => product * places.Select(place => place![factor]).Distinct().Count());
        return sides == places.Select(place => new NumberList(place!)).Distinct().Count();
    }

    // A factor may be joined itself; null where it is joined of what it is a factor of.
    private int[]? Factors(int place)
    {
        if (!joined.TryGetValue(place, out var at))
        {
            return [place];
        }

        if (factors.TryGetValue(place, out var found))
        {
            return found;
        }

        // Whoever comes back here on the way finds that there are none.
        factors[place] = null;
        var product = products[at.Product];
        var all = new List<int>();
        for (var factor = 0; factor < product.Factors.Length; factor++)
        {
            if (Factors(cells.Class(cells.Cell(product.Factors[factor], product.Places[factor][at.Index]))) is not { } own)
            {
                return null;
            }

            all.AddRange(own);
        }

        return factors[place] = [.. all];
    }
}
