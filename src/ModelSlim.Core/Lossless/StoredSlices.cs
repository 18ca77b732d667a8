using System.Runtime.InteropServices;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Lossless;

/// <summary>What slices of stored tensors hold: which are equal, and where two slices that cross are zero.</summary>
internal sealed class StoredSlices(GraphIndex index)
{
    private readonly Dictionary<AxisRef, int[]> twins = [];
    private readonly Dictionary<(string Value, int Rows, int Columns), bool[,]> zeros = [];
    private readonly Dictionary<string, bool> withZeros = new(StringComparer.Ordinal);

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

    /// <summary>True where some element is zero.</summary>
    public bool HasZeros(string value)
    {
        if (!withZeros.TryGetValue(value, out var has))
        {
            withZeros[value] = has = index.Constant(value) is { IsFloatingPoint: true } tensor && HasZeros(tensor.AsSingles());
        }

        return has;
    }

    // Zeros of both signs, as bits, which are searched for faster than numbers.
    private static bool HasZeros(ReadOnlySpan<float> values)
    {
        var bits = MemoryMarshal.Cast<float, int>(values);
        return bits.Contains(0) || bits.Contains(int.MinValue);
    }

    // Zeros are looked for, since there are few of them, and counted at each place.
    private static bool[,] Cross(TensorData tensor, int rows, int columns)
    {
        var (row, column) = (new AxisPlaces(tensor, rows), new AxisPlaces(tensor, columns));
        var map = new bool[row.Extent, column.Extent];
        var bits = MemoryMarshal.Cast<float, int>(tensor.AsSingles());
        if (map.Length == 0)
        {
            return map;
        }

        var together = bits.Length / map.Length;
        var counts = together > 1 && HasZeros(tensor.AsSingles()) ? new int[map.Length] : [];
        for (var at = 0; bits[at..].IndexOfAny(0, int.MinValue) is >= 0 and var skipped; at++)
        {
            at += skipped;
            ref var zero = ref map[row.Of(at), column.Of(at)];
            zero = together == 1 || ++counts[(row.Of(at) * column.Extent) + column.Of(at)] == together;
        }

        return map;
    }

    // The place of an element on an axis; -1 stands for no axis, which has one place.
    private readonly struct AxisPlaces(TensorData tensor, int axis)
    {
        private readonly int behind = axis < 0 ? int.MaxValue : (int)TensorData.Count(tensor.Shape[(axis + 1)..]);

        public int Extent { get; } = axis < 0 ? 1 : tensor.Shape[axis];

        public int Of(int element) => element / behind % Extent;
    }

    // Slices are told apart by a few of their elements first.
    private static int[] Compare(TensorData tensor, int axis)
    {
        var extent = tensor.Shape[axis];
        var found = new int[extent];
        var slices = new TensorSlices(tensor, axis);
        foreach (var alike in Enumerable.Range(0, extent).GroupBy(slices.SampleHash))
        {
            var seen = new Dictionary<int, List<int>>();
            int[] places = [.. alike];
            foreach (var place in places)
            {
                var hash = places.Length == 1 ? 0 : slices.Hash(place);
                var candidates = seen.TryGetValue(hash, out var list) ? list : seen[hash] = [];
                found[place] = candidates.FirstOrDefault(other => slices.AreEqual(other, place), place);
                if (found[place] == place)
                {
                    candidates.Add(place);
                }
            }
        }

        return found;
    }
}
