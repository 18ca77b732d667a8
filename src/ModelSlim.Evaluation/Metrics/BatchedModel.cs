using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Evaluation.Metrics;

/// <summary>A model that runs on batches of samples. Safe to run from several threads at once.</summary>
public sealed class BatchedModel : IDisposable
{
    private readonly ModelSession session;
    private readonly Graph graph;
    private readonly ImmutableArray<bool> whole;
    private readonly ImmutableArray<int> measured;
    private readonly int step;
    private readonly int most;

    /// <summary>Wraps a session.</summary>
    /// <param name="session">The open model.</param>
    /// <param name="graph">Its graph.</param>
    /// <param name="samples">Samples such as it will be fed: whether one is all of an input.</param>
    /// <param name="measured">Which of its outputs are measured: those of real numbers with a batch axis.</param>
    /// <param name="step">How many samples the model takes at a time; 0 takes any number.</param>
    /// <param name="most">Most samples to run at once where it takes any number.</param>
    internal BatchedModel(ModelSession session, Graph graph, SampleSet samples, ImmutableArray<int> measured, int step, int most = int.MaxValue)
    {
        this.session = session;
        this.graph = graph;
        whole = [.. Enumerable.Range(0, samples.Shapes.Length).Select(samples.IsWhole)];
        this.most = most;
        this.measured = measured;
        this.step = step;
    }

    /// <summary>True where any number of samples runs at once; false where the model takes the number of samples that it was exported for.</summary>
    public bool AnyBatch => step == 0;

    /// <summary>Number of outputs that are measured.</summary>
    public int Outputs => measured.Length;

    /// <summary>Bytes of one sample and of what the model makes of it, as far as that is measured.</summary>
    public long SampleBytes { get; init; } = 1;

    /// <summary>The number of samples to hand over at once: a whole number of the model's own batches, at least one.</summary>
    /// <param name="wanted">About how many, at least 1.</param>
    public int WholeBatches(int wanted) => AnyBatch ? wanted : Math.Max(step, wanted - (wanted % step));

    /// <summary>Runs a batch. A last chunk that is too short for the model is filled up with its last sample.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="shapes">Shape of one sample for each input, without the axis of samples where there is one.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <returns>The measured outputs, [output][sample][values of the sample].</returns>
    public Result<float[][][]> Run(Batch batch, ImmutableArray<ImmutableArray<int>> shapes, CancellationToken cancellation)
    {
        var rows = measured.Select(_ => new float[batch.Size][]).ToArray();
        var size = AnyBatch ? Math.Min(batch.Size, most) : step;
        for (var start = 0; start < batch.Size; start += size)
        {
            size = AnyBatch ? Math.Min(size, batch.Size - start) : step;
            var inputs = shapes.Select((shape, i) => Slice(i, batch.Inputs[i], shape, start, size)).ToArray();
            var outputs = session.Run(inputs, cancellation);
            if (!outputs.Succeeded)
            {
                return Result<float[][][]>.Failed(outputs.Diagnostics);
            }

            for (var i = 0; i < rows.Length; i++)
            {
                if (outputs.Value[measured[i]] is not { IsFloatingPoint: true } output || output.Length % size != 0)
                {
                    return DiagnosticCodes.OutputUnmeasurable.Says(
                        $"output '{session.Outputs[measured[i]]}' does not hold the same number of values for each sample, so nothing can be measured on it");
                }

                var values = output.ToSingles();
                var width = values.Length / size;
                for (var row = 0; row < size && start + row < batch.Size; row++)
                {
                    rows[i][start + row] = values[(row * width)..((row + 1) * width)];
                }
            }
        }

        return rows;
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    private TensorData Slice(int input, float[] values, ImmutableArray<int> shape, int start, int count)
    {
        var width = (int)TensorData.Count(shape);
        var there = values.AsSpan(start * width, Math.Min(count * width, values.Length - (start * width)));
        var bytes = new byte[checked(count * width * sizeof(float))];
        var slice = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        there.CopyTo(slice);
        for (var filled = there.Length; filled < slice.Length; filled += width)
        {
            there[^width..].CopyTo(slice[filled..]);
        }

        var type = InputTypes.Of(graph, input);
        ImmutableArray<int> all = whole[input] ? shape : [count, .. shape];
        return type == ElementType.Float ? new TensorData(type, all, bytes) : TensorData.From(type, all, slice);
    }
}
