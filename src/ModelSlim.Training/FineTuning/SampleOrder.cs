using ModelSlim.Core.Data;

namespace ModelSlim.Training.FineTuning;

/// <summary>Which samples each step of an epoch sees: a pure function of seed and epoch.</summary>
internal sealed class SampleOrder
{
    private readonly long seed;
    private readonly int samples;
    private readonly int batch;

    /// <summary>Plans epochs.</summary>
    /// <param name="seed">Seed of the recipe.</param>
    /// <param name="samples">Number of samples.</param>
    /// <param name="batch">Samples a step.</param>
    public SampleOrder(long seed, int samples, int batch)
    {
        this.seed = seed;
        this.samples = samples;
        this.batch = Math.Min(batch, samples);

        // A rest of less than half a batch is left out: its statistics would be too noisy for BatchNormalization.
        Steps = (samples / this.batch) + (samples % this.batch * 2 >= this.batch && samples % this.batch > 1 ? 1 : 0);
    }

    /// <summary>Steps an epoch.</summary>
    public int Steps { get; }

    /// <summary>The samples of each step of an epoch.</summary>
    public IEnumerable<int[]> Of(int epoch)
    {
        var order = new SplitMix(seed, $"shuffle/{epoch}").Permutation(samples);
        return order.Chunk(batch).Take(Steps);
    }
}
