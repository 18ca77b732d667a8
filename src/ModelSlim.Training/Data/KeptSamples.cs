using System.Collections.Concurrent;

namespace ModelSlim.Training.Data;

/// <summary>
/// Samples that cost much to make, kept up to a number of bytes. The first ones stay: where all samples are read in a new order
/// each time, nothing that forgets and fetches again finds more.
/// </summary>
/// <param name="mostBytes">Bytes that may be held.</param>
internal sealed class KeptSamples(long mostBytes)
{
    private readonly ConcurrentDictionary<int, float[]> samples = [];
    private long bytes;

    /// <summary>Copies a sample that is kept; false where it is not.</summary>
    public bool TryRead(int sample, Span<float> target)
    {
        if (!samples.TryGetValue(sample, out var values))
        {
            return false;
        }

        values.CopyTo(target);
        return true;
    }

    /// <summary>Keeps a sample, if there is room.</summary>
    public void Offer(int sample, ReadOnlySpan<float> values)
    {
        var size = (long)values.Length * sizeof(float);
        if (Interlocked.Add(ref bytes, size) > mostBytes || !samples.TryAdd(sample, values.ToArray()))
        {
            Interlocked.Add(ref bytes, -size);
        }
    }
}
