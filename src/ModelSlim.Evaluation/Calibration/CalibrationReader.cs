using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Metrics;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Evaluation.Calibration;

/// <summary>Chooses calibration samples, by the seed, as many as memory allows.</summary>
internal sealed class CalibrationReader
{
    /// <summary>With fewer samples than this nothing can be fitted and judged.</summary>
    public const int FewestSamples = 8;

    private const long MostBytes = 1L << 30;
    private const int LargestChunk = 64;
    private const int Parts = 8;

    private readonly int mostSamples;
    private readonly long seed;

    /// <summary>Makes a reader.</summary>
    /// <param name="mostSamples">Most samples to take.</param>
    /// <param name="seed">Seed of the choice.</param>
    public CalibrationReader(int mostSamples, long seed)
    {
        this.mostSamples = mostSamples;
        this.seed = seed;
    }

    /// <summary>Reads samples.</summary>
    /// <param name="samples">Where from; at least <see cref="FewestSamples"/>.</param>
    /// <param name="anyBatch">True where the models run on any batch; else chunks have the traced batch.</param>
    /// <param name="graph">The original, whose values will be held for all samples.</param>
    /// <param name="trace">Its trace.</param>
    public CalibrationBatches Read(SampleSet samples, bool anyBatch, Graph graph, ValueTrace trace)
    {
        // Both models are held.
        var traced = BatchedModelOpener.BatchOf(graph, trace, samples);
        var most = (int)Math.Clamp(MostBytes * traced / (2 * LiveMemory.Peak(graph, trace)), FewestSamples, mostSamples);
        var order = new SplitMix(seed, "calibration").Permutation(samples.Count);
        var count = Math.Min(most, samples.Count);
        var chunk = anyBatch ? Math.Min(LargestChunk, count / Parts) : traced;
        count -= count % chunk;
        var chunks = ImmutableArray.CreateBuilder<ImmutableArray<TensorData>>();
        for (var start = 0; start < count; start += chunk)
        {
            var batch = samples.Read(order.AsSpan(start, chunk));
            chunks.Add([.. SampleTensors.Of(graph, samples, batch)]);
        }

        return new CalibrationBatches(chunks.ToImmutable(), chunks.Count - Math.Max(1, chunks.Count / Parts), count, anyBatch);
    }
}
