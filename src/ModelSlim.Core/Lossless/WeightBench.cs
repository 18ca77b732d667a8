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
        var (start, run, step) = Runs(axis, place);
        for (; start < values.Length; start += step)
        {
            if (values.Slice(start, run).ContainsAnyExcept(0f))
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
            changed[name] = values = Values(name).ToArray();
        }

        return values;
    }

    private ReadOnlySpan<float> Values(string name)
    {
        if (changed.TryGetValue(name, out var own) || read.TryGetValue(name, out own))
        {
            return own;
        }

        var tensor = index.Constant(name)!;
        return tensor.Type == ElementType.Float ? tensor.AsSingles() : read[name] = tensor.ToSingles();
    }

    // The elements of a slice: those of a run, from its start, and so on after every step.
    private (int Start, int Run, int Step) Runs(AxisRef axis, int place)
    {
        var shape = index.Constant(axis.Value)!.Shape;
        var run = (int)TensorData.Count(shape[(axis.Axis + 1)..]);
        return (place * run, run, run * shape[axis.Axis]);
    }

    private IEnumerable<int> Elements(AxisRef axis, int place)
    {
        var count = index.Constant(axis.Value)!.Length;
        var (start, run, step) = Runs(axis, place);
        for (; start < count; start += step)
        {
            for (var i = start; i < start + run; i++)
            {
                yield return i;
            }
        }
    }
}
