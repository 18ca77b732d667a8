using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Dependencies;

/// <summary>Axes that must not change, with the reasons.</summary>
internal sealed class FrozenCells(CellSpace cells)
{
    private readonly List<(AxisRef Axis, FreezeReason Reason)> axes = [];

    /// <summary>Freezes an axis.</summary>
    public void Add(AxisRef axis, FreezeReason reason) => axes.Add((axis, reason));

    /// <summary>Freezes all axes of a value.</summary>
    public void AddValue(string value, ValueTrace trace, FreezeReason reason)
    {
        for (var axis = 0; trace.Shapes.TryGetValue(value, out var shape) && axis < shape.Length; axis++)
        {
            Add(new AxisRef(value, axis), reason);
        }
    }

    /// <summary>The most telling reason of each class of cells that has one.</summary>
    public Dictionary<int, FreezeReason> ByClass()
    {
        var reasons = new Dictionary<int, FreezeReason>();
        foreach (var (axis, reason) in axes.Where(entry => cells.Has(entry.Axis)))
        {
            var (first, extent) = (cells.Cell(axis, 0), cells.Extent(axis));
            for (var i = 0; i < extent; i++)
            {
                var key = cells.Class(first + i);
                if (!reasons.TryGetValue(key, out var known) || reason.Kind < known.Kind)
                {
                    reasons[key] = reason;
                }
            }
        }

        return reasons;
    }
}
