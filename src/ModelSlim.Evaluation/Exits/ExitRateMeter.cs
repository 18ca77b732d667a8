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
                return new SampleBatches(threads).Run(
                    set,
                    [.. Enumerable.Range(0, set.Count)],
                    batched.WholeBatches(BatchSize),
                    (batch, _) => batched.Run(batch, set.Shapes, cancellation)
                        .Then<bool[]>(outputs => outputs[0].Select(confidence => confidence[0] > exit.Threshold).ToArray()),
                    progress: null,
                    "exit",
                    cancellation).Then<ExitRate>(leaves => new ExitRate((double)leaves.Sum(batch => batch.Count(leave => leave)) / set.Count));
            }
        });
    }
}
