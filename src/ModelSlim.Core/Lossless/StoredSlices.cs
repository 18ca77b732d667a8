using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Lossless;

/// <summary>What slices of stored tensors hold: which are equal, and where two slices that cross are zero.</summary>
internal sealed class StoredSlices(GraphIndex index)
{
    private readonly Dictionary<AxisRef, int[]> twins = [];
    private readonly Dictionary<(string Value, int Rows, int Columns), bool[,]> zeros = [];

    /// <summary>For each index of an axis of a stored tensor: the first index whose slice has the same bytes.</summary>
    public int[] Twins(AxisRef axis)
    {
        if (!twins.TryGetValue(axis, out var found))
        {
            twins[axis] = found = Compare(index.Constant(axis.Value)!, axis.Axis);
        }

        return found;
    }

    /// <summary>
    /// True where all that lies at a place of one axis and a place of another is zero; an axis of null stands for all of it.
    /// </summary>
    public bool IsZero(string value, (int Axis, int Place)? row, (int Axis, int Place)? column)
    {
        var tensor = index.Constant(value)!;
        if (!tensor.IsFloatingPoint)
        {
            return false;
        }

        var key = (value, row?.Axis ?? -1, column?.Axis ?? -1);
        if (!zeros.TryGetValue(key, out var map))
        {
            zeros[key] = map = Cross(tensor, key.Item2, key.Item3);
        }

        return map[row?.Place ?? 0, column?.Place ?? 0];
    }

    private static bool[,] Cross(TensorData tensor, int rows, int columns)
    {
        var map = new bool[rows < 0 ? 1 : tensor.Shape[rows], columns < 0 ? 1 : tensor.Shape[columns]];
        var values = tensor.ToSingles();
        if (!values.AsSpan().Contains(0f))
        {
            return map;
        }

        for (var row = 0; row < map.GetLength(0); row++)
        {
            for (var column = 0; column < map.GetLength(1); column++)
            {
                map[row, column] = true;
            }
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] != 0)
            {
                map[PlaceOf(tensor, rows, i), PlaceOf(tensor, columns, i)] = false;
            }
        }

        return map;
    }

    private static int PlaceOf(TensorData tensor, int axis, int element) =>
        axis < 0 ? 0 : element / (int)TensorData.Count(tensor.Shape[(axis + 1)..]) % tensor.Shape[axis];

    private static int[] Compare(TensorData tensor, int axis)
    {
        var found = new int[tensor.Shape[axis]];
        var seen = new Dictionary<int, List<int>>();
        for (var i = 0; i < found.Length; i++)
        {
            var slice = tensor.Take(axis, [i]).Bytes;
            var hash = new HashCode();
            hash.AddBytes(slice.Span);
            var candidates = seen.TryGetValue(hash.ToHashCode(), out var list) ? list : seen[hash.ToHashCode()] = [];
            found[i] = candidates.FirstOrDefault(other => tensor.Take(axis, [other]).Bytes.Span.SequenceEqual(slice.Span), i);
            if (found[i] == i)
            {
                candidates.Add(i);
            }
        }

        return found;
    }
}
