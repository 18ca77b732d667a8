using ModelSlim.Core.Data;
using ModelSlim.Training.Kernels;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>Mean and variance of each channel of some values over some samples.</summary>
internal sealed class ChannelMoments
{
    private const int BatchSize = 64;

    /// <summary>Gathers them.</summary>
    /// <param name="module">The model.</param>
    /// <param name="values">Names of the values, each [B, C, ...].</param>
    /// <param name="samples">The samples.</param>
    /// <param name="places">Which of them.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Mean and variance by name, [C] each.</returns>
    public Dictionary<string, (float[] Mean, float[] Variance)> Gather(
        BatchedModule module, IReadOnlySet<string> values, SampleSet samples, int[] places, CancellationToken cancellation)
    {
        var sums = new Dictionary<string, (double[] Sum, double[] Squares, long Count)>(StringComparer.Ordinal);
        foreach (var chunk in places.Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var still = no_grad();
            var inputs = BatchTensors.Of(samples.Read(chunk), samples.Shapes);
            module.Run(inputs, RunMode.Inference, (name, value) =>
            {
                if (values.Contains(name))
                {
                    Add(sums, name, value);
                }
            });
        }

        return sums.ToDictionary(entry => entry.Key, entry => Finish(entry.Value), StringComparer.Ordinal);
    }

    private static void Add(Dictionary<string, (double[] Sum, double[] Squares, long Count)> sums, string name, Tensor value)
    {
        using var scope = NewDisposeScope();
        var channels = value.shape[1];
        var rows = value.to(ScalarType.Float64).transpose(0, 1).reshape(channels, -1);
        var sum = rows.sum(1).data<double>().ToArray();
        var squares = (rows * rows).sum(1).data<double>().ToArray();
        if (sums.TryGetValue(name, out var known))
        {
            for (var channel = 0; channel < channels; channel++)
            {
                known.Sum[channel] += sum[channel];
                known.Squares[channel] += squares[channel];
            }

            sums[name] = known with { Count = known.Count + rows.shape[1] };
        }
        else
        {
            sums[name] = (sum, squares, rows.shape[1]);
        }
    }

    private static (float[] Mean, float[] Variance) Finish((double[] Sum, double[] Squares, long Count) total)
    {
        var mean = total.Sum.Select(sum => sum / total.Count).ToArray();
        var variance = total.Squares.Select((square, i) => Math.Max(0, (square / total.Count) - (mean[i] * mean[i])));
        return ([.. mean.Select(m => (float)m)], [.. variance.Select(v => (float)v)]);
    }
}
