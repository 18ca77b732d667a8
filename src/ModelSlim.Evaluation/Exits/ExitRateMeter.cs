using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Exits;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Evaluation.Metrics;
using ModelSlim.Evaluation.Tracing;

namespace ModelSlim.Evaluation.Exits;

/// <summary>Counts samples that leave early.</summary>
/// <param name="tracer">Finds shapes.</param>
/// <param name="opener">Opens the model up to the exit for batches.</param>
/// <param name="threads">Threads; they do not change the result.</param>
public sealed class ExitRateMeter(ModelTracer tracer, BatchedModelOpener opener, int threads)
{
    private const int BatchSize = 64;

    /// <summary>Counts.</summary>
    /// <param name="model">The model without the exit.</param>
    /// <param name="trace">Its trace.</param>
    /// <param name="exit">The exit.</param>
    /// <param name="set">The samples.</param>
    /// <param name="cancellation">Ends it.</param>
    public Result<ExitRate> Run(OnnxModel model, ValueTrace trace, EarlyExit exit, SampleSet set, CancellationToken cancellation)
    {
        var head = model.With(EarlyExitGraph.ConfidenceOf(new GraphIndex(model.Graph), exit));
        var sizes = model.Graph.Inputs.ToDictionary(input => input.Name, input => trace.Shape(input.Name));
        return tracer.Trace(head, sizes, cancellation).Then(traced => opener.Open(head, traced, set, cancellation)).Then(batched =>
        {
            using (batched)
            {
                var size = batched.WholeBatches(BatchSize);
                var counts = new int[(set.Count + size - 1) / size];
                var failures = new Diagnostic?[counts.Length];
                Parallel.For(0, counts.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i =>
                {
                    try
                    {
                        var run = batched.Run(set.Read([.. Enumerable.Range(i * size, Math.Min(size, set.Count - (i * size)))]), set.Shapes, cancellation);
                        failures[i] = run.Succeeded ? null : run.Diagnostics[0];
                        counts[i] = run.Value?[0].Count(confidence => confidence[0] > exit.Threshold) ?? 0;
                    }
                    catch (UnreadableSampleException failure)
                    {
                        failures[i] = failure.Diagnostic;
                    }
                });
                return Array.Find(failures, failure => failure is not null) is { } failed ? failed : Result<ExitRate>.With(new ExitRate((double)counts.Sum() / set.Count), []);
            }
        });
    }
}
