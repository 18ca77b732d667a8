using ModelSlim.Core.Axes;
using ModelSlim.Core.Dependencies;

namespace ModelSlim.Core.Lossless;

/// <summary>The classes of a <see cref="CellSpace"/>, once no more cells are united.</summary>
internal sealed class CellClasses
{
    private readonly CellSpace cells;
    private readonly int[] axes;
    private readonly int[] starts;
    private readonly int[] members;

    /// <summary>Reads the classes.</summary>
    public CellClasses(CellSpace cells)
    {
        this.cells = cells;
        axes = new int[cells.Count];
        for (var axis = 0; axis < cells.Axes.Count; axis++)
        {
            Array.Fill(axes, axis, cells.Start(axis), cells.Start(axis + 1) - cells.Start(axis));
        }

        starts = new int[cells.Count + 1];
        for (var cell = 0; cell < cells.Count; cell++)
        {
            starts[cells.Class(cell) + 1]++;
        }

        for (var cell = 0; cell < cells.Count; cell++)
        {
            starts[cell + 1] += starts[cell];
        }

        members = new int[cells.Count];
        var next = starts[..^1];
        for (var cell = 0; cell < cells.Count; cell++)
        {
            members[next[cells.Class(cell)]++] = cell;
        }
    }

    /// <summary>The cells that are in one class with a cell, itself too, ascending.</summary>
    public ReadOnlySpan<int> Of(int cell)
    {
        var of = cells.Class(cell);
        return members.AsSpan(starts[of]..starts[of + 1]);
    }

    /// <summary>The axis of a cell.</summary>
    public AxisRef AxisOf(int cell) => cells.Axes[axes[cell]];

    /// <summary>The index of a cell on its axis.</summary>
    public int PlaceOf(int cell) => cell - cells.Start(axes[cell]);
}
