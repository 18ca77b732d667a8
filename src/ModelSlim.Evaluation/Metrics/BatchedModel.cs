using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Evaluation.Metrics;

/// <summary>A model that runs on batches of samples. Safe to run from several threads at once.</summary>
public sealed class BatchedModel : IDisposable
{
    private readonly ModelSession session;

    internal BatchedModel(ModelSession session, bool anyBatch)
    {
        this.session = session;
        AnyBatch = anyBatch;
    }

    /// <summary>True where a batch runs at once; false where the model takes one sample at a time.</summary>
    public bool AnyBatch { get; }

    /// <summary>Runs a batch.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="shapes">Shape of one sample for each input, without the batch axis.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <returns>The first output: a row a sample, [B, values of the sample].</returns>
    public Result<float[][]> Run(Batch batch, ImmutableArray<ImmutableArray<int>> shapes, CancellationToken cancellation)
    {
        var rows = new float[batch.Size][];
        var step = AnyBatch ? batch.Size : 1;
        for (var start = 0; start < batch.Size; start += step)
        {
            var inputs = shapes.Select((shape, i) => Slice(batch.Inputs[i], shape, start, step)).ToArray();
            var outputs = session.Run(inputs, cancellation);
            if (!outputs.Succeeded)
            {
                return Result<float[][]>.Failed(outputs.Diagnostics);
            }

            if (outputs.Value is not [{ IsFloatingPoint: true } first, ..] || first.Length % step != 0)
            {
                return DiagnosticCodes.OutputUnmeasurable.Says(
                    "the first output of the model is not a tensor of real numbers with a batch axis, so nothing can be measured on it");
            }

            var values = first.ToSingles();
            var width = values.Length / step;
            for (var row = 0; row < step; row++)
            {
                rows[start + row] = values[(row * width)..((row + 1) * width)];
            }
        }

        return rows;
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    private static TensorData Slice(float[] values, ImmutableArray<int> shape, int start, int count)
    {
        var width = (int)TensorData.Count(shape);
        return TensorData.From([count, .. shape], values.AsSpan(start * width, count * width));
    }
}
