using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Evaluation.Metrics;

/// <summary>
/// Opens models for any batch size, those too that were exported for one: the freed model must give three samples together
/// what it gives each of them alone, else it is run one sample at a time.
/// </summary>
/// <param name="sessions">Opens models.</param>
public sealed class BatchedModelOpener(SessionFactory sessions)
{
    private const int ProofSamples = 3;
    private const double Tolerance = 1e-3;

    /// <summary>Opens a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="trace">Its traced shapes.</param>
    /// <param name="samples">Samples that the proof may use.</param>
    /// <param name="cancellation">Ends the proof.</param>
    public Result<BatchedModel> Open(OnnxModel model, ValueTrace trace, SampleSet samples, CancellationToken cancellation)
    {
        var single = sessions.Open(model, new SessionSettings());
        if (!single.Succeeded)
        {
            return Result<BatchedModel>.Failed(single.Diagnostics);
        }

        var alone = new BatchedModel(single.Value, anyBatch: false);
        if (new BatchFree().Free(model.Graph, trace) is not { } freed
            || sessions.Open(model.With(freed), new SessionSettings()) is not { Succeeded: true } opened)
        {
            return alone;
        }

        var together = new BatchedModel(opened.Value!, anyBatch: true);
        if (Agree(alone, together, samples, cancellation))
        {
            alone.Dispose();
            return together;
        }

        together.Dispose();
        return alone;
    }

    private static bool Agree(BatchedModel alone, BatchedModel together, SampleSet samples, CancellationToken cancellation)
    {
        var count = Math.Min(ProofSamples, samples.Count);
        var batch = samples.Read([.. Enumerable.Range(0, count)]);
        var one = alone.Run(batch, samples.Shapes, cancellation);
        var all = together.Run(batch, samples.Shapes, cancellation);
        if (!one.Succeeded || !all.Succeeded)
        {
            return false;
        }

        for (var row = 0; row < count; row++)
        {
            var (expected, actual) = (one.Value[row], all.Value[row]);
            var scale = expected.Select(Math.Abs).DefaultIfEmpty(0).Max();
            if (expected.Length != actual.Length
                || expected.Zip(actual, (e, a) => Math.Abs(e - a)).DefaultIfEmpty(0).Max() > Tolerance * Math.Max(scale, 1e-6f))
            {
                return false;
            }
        }

        return true;
    }
}
