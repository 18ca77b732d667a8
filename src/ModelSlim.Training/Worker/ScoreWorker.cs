using System.Collections.Immutable;
using System.Text.Json;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Scoring;

namespace ModelSlim.Training.Worker;

/// <summary>Scores channels by gradients, in a process of its own like <see cref="TrainingWorker"/>.</summary>
/// <param name="threads">Most threads, where the numerics class leaves their number open; null for one a core.</param>
public sealed class ScoreWorker(int? threads = null)
{
    /// <summary>Scores.</summary>
    /// <param name="model">The model.</param>
    /// <param name="task">What to score.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="preprocess">From stored value to model input.</param>
    /// <param name="inputs">The model's inputs.</param>
    /// <param name="torch">Where libtorch may come from.</param>
    /// <param name="progress">Gets its progress.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>
    /// By id of the group, a score for each channel; MSLIM20xx where the machine cannot compute gradients or the process ended
    /// early, else as <see cref="GradientScorer"/> says.
    /// </returns>
    /// <exception cref="OperationCanceledException">It was cancelled; the process has ended.</exception>
    public async Task<Result<ImmutableSortedDictionary<string, ImmutableArray<double>>>> RunAsync(
        OnnxModel model,
        GradientTask task,
        DataSource samples,
        PreprocessSpec preprocess,
        ImmutableArray<SampleInput> inputs,
        TorchSource torch,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        using var folder = JobFolder.Create();
        new OnnxWriter().Save(model, folder.Of(FineTuneJob.StudentFile));
        var answer = await new WorkerLaunch(threads).RunAsync(
            ScoreJob.JobName, new ScoreJob.Input(task, samples, preprocess, inputs), task.Numerics, folder, torch, progress, cancellation).ConfigureAwait(false);
        return answer.Then<ImmutableSortedDictionary<string, ImmutableArray<double>>>(
            done => done.Value.Deserialize<ScoreJob.Answer>(WorkerJson.Options)!.Scores);
    }
}
