using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Reports;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Pipeline;

/// <summary>Announces stages and notes how long each took.</summary>
/// <param name="time">The clock.</param>
/// <param name="progress">Who is told.</param>
internal sealed class StageClock(TimeProvider time, IProgress<StageProgress> progress)
{
    private readonly List<StageReport> stages = [];

    /// <summary>The stages so far.</summary>
    public ImmutableArray<StageReport> Stages => [.. stages];

    /// <summary>Does a stage.</summary>
    public async Task<Result<T>> RunAsync<T>(string name, Func<Task<Result<T>>> stage)
        where T : class
    {
        progress.Report(new StageProgress(name, 0, 0));
        var start = time.GetTimestamp();
        var result = await stage().ConfigureAwait(false);
        LargeArrays.LetGo();
        stages.Add(new StageReport(name, Math.Round(time.GetElapsedTime(start).TotalSeconds, 3)));
        return result;
    }

    /// <summary>Does a stage that does not wait for anything.</summary>
    public Task<Result<T>> RunAsync<T>(string name, Func<Result<T>> stage)
        where T : class => RunAsync(name, () => Task.Run(stage));

    /// <summary>Notes the metric after the last stage.</summary>
    public void Note(double metric) => stages[^1] = stages[^1] with { Metric = metric };
}
