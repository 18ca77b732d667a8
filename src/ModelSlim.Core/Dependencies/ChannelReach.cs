using System.Collections.Immutable;
using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Dependencies;

/// <summary>Follows a channel to all that goes with it: the cells of its class, and every joined cell that it takes along.</summary>
internal sealed class ChannelReach
{
    private const int None = -1;

    private readonly CellSpace cells;
    private readonly int[] lastOfClass;
    private readonly int[] previousInClass;
    private readonly List<int>?[] takenAlong;
    private readonly bool[] joined;
    private readonly int[] visits;
    private int visit;

    /// <summary>Reads the classes and the products once they are settled.</summary>
    public ChannelReach(CellSpace cells, IEnumerable<AxisRelation.Product> products)
    {
        this.cells = cells;
        lastOfClass = new int[cells.Count];
        previousInClass = new int[cells.Count];
        takenAlong = new List<int>?[cells.Count];
        joined = new bool[cells.Count];
        visits = new int[cells.Count];
        Array.Fill(lastOfClass, None);
        for (var cell = 0; cell < cells.Count; cell++)
        {
            var of = cells.Class(cell);
            (previousInClass[cell], lastOfClass[of]) = (lastOfClass[of], cell);
        }

        foreach (var product in products)
        {
            Follow(product);
        }
    }

    /// <summary>True where the cell stands for a class that is no joined axis's: a channel that can go by itself.</summary>
    public bool Starts(int cell) => cells.Class(cell) == cell && !joined[cell];

    /// <summary>The classes that go with the channel of a class, itself first.</summary>
    public List<int> Classes(int start)
    {
        var found = new List<int> { start };
        visits[start] = ++visit;
        for (var i = 0; i < found.Count; i++)
        {
            foreach (var next in takenAlong[found[i]] ?? Enumerable.Empty<int>())
            {
                if (visits[next] != visit)
                {
                    visits[next] = visit;
                    found.Add(next);
                }
            }
        }

        return found;
    }

    /// <summary>The cells of some classes, ascending.</summary>
    public ImmutableArray<int> Cells(IEnumerable<int> classes)
    {
        var found = ImmutableArray.CreateBuilder<int>();
        foreach (var of in classes)
        {
            for (var cell = lastOfClass[of]; cell != None; cell = previousInClass[cell])
            {
                found.Add(cell);
            }
        }

        found.Sort();
        return found.DrainToImmutable();
    }

    private void Follow(AxisRelation.Product product)
    {
        var (first, extent) = (cells.Cell(product.Merged, 0), cells.Extent(product.Merged));
        for (var factor = 0; factor < product.Factors.Length; factor++)
        {
            var start = cells.Cell(product.Factors[factor], 0);
            for (var i = 0; i < extent; i++)
            {
                var merged = cells.Class(first + i);
                joined[merged] = true;
                (takenAlong[cells.Class(start + product.Places[factor][i])] ??= []).Add(merged);
            }
        }
    }
}
