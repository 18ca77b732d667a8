using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Evaluation.Metrics;

/// <summary>Goes through samples in batches, on several threads; what comes of each batch is in the order of the batches.</summary>
/// <param name="threads">Number of threads.</param>
internal sealed class SampleBatches(int threads)
{
    /// <summary>Goes through samples.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="places">Which of them, in this order.</param>
    /// <param name="size">How many at a time.</param>
    /// <param name="work">What to do with a batch, and with the number of samples before it.</param>
    /// <param name="progress">Is told how many samples are done; null where nobody asks.</param>
    /// <param name="stage">Which stage that is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What came of each batch; or what is said against the first that fails or cannot be read.</returns>
    public Result<T[]> Run<T>(
        SampleSet samples,
        IReadOnlyList<int> places,
        int size,
        Func<Batch, int, Result<T>> work,
        IProgress<StageProgress>? progress,
        string stage,
        CancellationToken cancellation)
        where T : class
    {
        var made = new Result<T>[(places.Count + size - 1) / size];
        var done = 0;
        Parallel.For(0, made.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i =>
        {
            int[] some = [.. places.Skip(i * size).Take(size)];
            made[i] = Read(samples, some).Then(batch => work(batch, i * size));
            progress?.Report(new StageProgress(stage, Interlocked.Add(ref done, some.Length), places.Count));
            LargeArrays.LetGoOfNew();
        });
        return Array.Find(made, one => !one.Succeeded) is { } failed
            ? Result<T[]>.Failed([failed.Diagnostics[0]])
            : made.Select(one => one.Value!).ToArray();
    }

    private static Result<Batch> Read(SampleSet samples, int[] places)
    {
        try
        {
            return samples.Read(places);
        }
        catch (UnreadableSampleException failure)
        {
            return failure.Diagnostic;
        }
    }
}
