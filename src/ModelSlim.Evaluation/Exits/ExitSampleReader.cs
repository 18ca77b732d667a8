using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Exits;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Evaluation.Metrics;
using ModelSlim.Evaluation.Repair;
using ModelSlim.Evaluation.Tracing;

namespace ModelSlim.Evaluation.Exits;

/// <summary>Runs a model on samples, chosen by the seed, and reads what it makes of them at some places, in one pass.</summary>
/// <param name="tracer">Finds shapes.</param>
/// <param name="opener">Opens the model for batches.</param>
/// <param name="threads">Threads; they do not change the result.</param>
public sealed class ExitSampleReader(ModelTracer tracer, BatchedModelOpener opener, int threads)
{
    private const int FewestSamples = 64;
    private const long MostBytes = 1L << 29;
    private const int BatchSize = 64;

    /// <summary>Reads samples.</summary>
    /// <param name="model">The model; its first output has a row a sample.</param>
    /// <param name="trace">Its trace.</param>
    /// <param name="places">The places.</param>
    /// <param name="set">Where samples come from.</param>
    /// <param name="most">Most samples to read.</param>
    /// <param name="seed">Seed of the choice.</param>
    /// <param name="progress">Is told how many are done.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The samples in random order, as many as memory allows.</returns>
    public Result<ExitSamples> Read(
        OnnxModel model,
        ValueTrace trace,
        IReadOnlyList<ExitPlace> places,
        SampleSet set,
        int most,
        long seed,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        var open = model.With(new FeatureGraph().Of(new GraphIndex(model.Graph), places));
        var sizes = model.Graph.Inputs.ToDictionary(input => input.Name, input => trace.Shape(input.Name));
        return tracer.Trace(open, sizes, cancellation).Then(traced => opener.Open(open, traced, set, cancellation)).Then(batched =>
        {
            using (batched)
            {
                var width = places.Sum(place => (long)place.Window.Features) * sizeof(float);
                var fitting = (int)Math.Clamp(MostBytes / Math.Max(1, width), Math.Min(FewestSamples, most), most);
                var order = new SplitMix(seed, "early-exit").Permutation(set.Count)[..Math.Min(set.Count, fitting)];
                return Read(batched, places, set, order, progress, cancellation);
            }
        });
    }

    private Result<ExitSamples> Read(
        BatchedModel model, IReadOnlyList<ExitPlace> places, SampleSet set, int[] order, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        var outputs = new float[order.Length][];
        ImmutableArray<Rows> features = [.. places.Select(place => Rows.Of(order.Length, place.Window.Features))];
        return new SampleBatches(threads).Run(
            set,
            order,
            model.WholeBatches(BatchSize),
            (batch, first) => model.Run(batch, set.Shapes, cancellation).Then<int[]>(made =>
            {
                for (var i = 0; i < batch.Size; i++)
                {
                    outputs[first + i] = made[0][i];
                    for (var place = 0; place < features.Length; place++)
                    {
                        made[place + 1][i].CopyTo(features[place][first + i]);
                    }
                }

                return batch.Labels.ToArray();
            }),
            progress,
            "exit",
            cancellation).Then<ExitSamples>(labels => new ExitSamples(set, order, outputs, [.. labels.SelectMany(some => some)], features));
    }
}
