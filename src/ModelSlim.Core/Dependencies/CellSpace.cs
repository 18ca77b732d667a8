using System.Collections.Immutable;
using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Dependencies;

/// <summary>Numbers every (value, axis, index) cell of a graph, and keeps which cells belong together (union-find).</summary>
internal sealed class CellSpace
{
    private readonly Dictionary<AxisRef, int> axisNumbers = [];
    private readonly List<AxisRef> axes = [];
    private readonly List<int> starts = [];
    private int[] parents = [];
    private int count;

    /// <summary>Axes in the order they were added.</summary>
    public IReadOnlyList<AxisRef> Axes => axes;

    /// <summary>Number of cells.</summary>
    public int Count => count;

    /// <summary>Adds all axes of a value, unless it is there already.</summary>
    public void Add(string value, ImmutableArray<int> shape)
    {
        for (var axis = 0; axis < shape.Length; axis++)
        {
            var reference = new AxisRef(value, axis);
            if (axisNumbers.TryAdd(reference, axes.Count))
            {
                axes.Add(reference);
                starts.Add(count);
                count += shape[axis];
            }
        }
    }

    /// <summary>Makes every cell a class of its own. Call once, after the last value was added.</summary>
    public void Seal()
    {
        starts.Add(count);
        parents = [.. Enumerable.Range(0, count)];
    }

    /// <summary>True where the axis was added.</summary>
    public bool Has(AxisRef axis) => axisNumbers.ContainsKey(axis);

    /// <summary>Number of an axis.</summary>
    public int NumberOf(AxisRef axis) => axisNumbers[axis];

    /// <summary>Extent of an axis.</summary>
    public int Extent(AxisRef axis)
    {
        var number = axisNumbers[axis];
        return starts[number + 1] - starts[number];
    }

    /// <summary>Cell of an index of an axis.</summary>
    public int Cell(AxisRef axis, int index) => starts[axisNumbers[axis]] + index;

    /// <summary>First cell of the axis of that number.</summary>
    public int Start(int axisNumber) => starts[axisNumber];

    /// <summary>The cell that stands for the class of a cell: the smallest one in it.</summary>
    public int Class(int cell)
    {
        while (parents[cell] != cell)
        {
            cell = parents[cell] = parents[parents[cell]];
        }

        return cell;
    }

    /// <summary>Puts two cells into one class. True where they were in two.</summary>
    public bool Unite(int one, int other)
    {
        one = Class(one);
        other = Class(other);
        if (one == other)
        {
            return false;
        }

        parents[Math.Max(one, other)] = Math.Min(one, other);
        return true;
    }
}
