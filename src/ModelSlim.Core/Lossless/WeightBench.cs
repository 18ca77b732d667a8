using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Lossless;

/// <summary>Stored tensors that are being changed: copies, made when a tensor is first written to.</summary>
internal sealed class WeightBench(GraphIndex index)
{
    private readonly Dictionary<string, float[]> changed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, float[]> read = new(StringComparer.Ordinal);

    /// <summary>The changed tensors by name.</summary>
    public IReadOnlyDictionary<string, TensorData> Changes =>
        changed.ToDictionary(entry => entry.Key, entry => index.Constant(entry.Key)!.WithSingles(entry.Value), StringComparer.Ordinal);

    /// <summary>True where a slice is zero.</summary>
    public bool IsZero(AxisRef axis, int place)
    {
        var values = Values(axis.Value);
        foreach (var element in Elements(axis, place))
        {
            if (values[element] != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Makes a slice zero.</summary>
    public void Clear(AxisRef axis, int place)
    {
        if (!IsZero(axis, place))
        {
            var values = Written(axis.Value);
            foreach (var element in Elements(axis, place))
            {
                values[element] = 0;
            }
        }
    }

    /// <summary>Adds one slice of an axis to another.</summary>
    public void AddSlice(AxisRef axis, int from, int to)
    {
        var values = Written(axis.Value);
        foreach (var (source, target) in Elements(axis, from).Zip(Elements(axis, to)))
        {
            values[target] += values[source];
        }
    }

    /// <summary>Adds to each element of a tensor.</summary>
    public void Add(string name, double[] amounts)
    {
        var values = Written(name);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)(values[i] + amounts[i]);
        }
    }

    /// <summary>Sums of a slice, for each index of another axis.</summary>
    public double[] Sums(AxisRef axis, int place, int along)
    {
        var shape = index.Constant(axis.Value)!.Shape;
        var run = (int)TensorData.Count(shape[(along + 1)..]);
        var sums = new double[shape[along]];
        var values = Values(axis.Value);
        foreach (var element in Elements(axis, place))
        {
            sums[element / run % sums.Length] += values[element];
        }

        return sums;
    }

    private float[] Written(string name)
    {
        if (!changed.TryGetValue(name, out var values))
        {
            changed[name] = values = [.. Values(name)];
        }

        return values;
    }

    private float[] Values(string name)
    {
        if (changed.TryGetValue(name, out var own))
        {
            return own;
        }

        if (!read.TryGetValue(name, out var values))
        {
            read[name] = values = index.Constant(name)!.ToSingles();
        }

        return values;
    }

    private IEnumerable<int> Elements(AxisRef axis, int place)
    {
        var shape = index.Constant(axis.Value)!.Shape;
        var run = (int)TensorData.Count(shape[(axis.Axis + 1)..]);
        var step = run * shape[axis.Axis];
        for (var start = place * run; start < TensorData.Count(shape); start += step)
        {
            for (var i = start; i < start + run; i++)
            {
                yield return i;
            }
        }
    }
}
