using System.Text.Json;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Sparsity;

namespace ModelSlim.Training.Worker;

/// <summary>Trains before the cut, in a process of its own like <see cref="TrainingWorker"/>.</summary>
/// <param name="threads">Most threads, where the numerics class leaves their number open; null for one a core.</param>
public sealed class SparseWorker(int? threads = null)
{
    /// <summary>Trains.</summary>
    /// <param name="request">Student, teacher, data, and where the worker finds what it needs; how to train is the task's matter.</param>
    /// <param name="task">How.</param>
    /// <param name="progress">Gets its progress.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>
    /// The trained model and what is left of its channels; MSLIM20xx where the machine cannot train or the process ended early,
    /// MSLIM60xx and MSLIM61xx as <see cref="FineTuner"/> says.
    /// </returns>
    /// <exception cref="OperationCanceledException">It was cancelled; the process has ended.</exception>
    public async Task<Result<SparseResult>> RunAsync(
        TrainingRequest request, SparseTask task, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        using var folder = JobFolder.Create();
        var writer = new OnnxWriter();
        writer.Save(request.Student, folder.Of(FineTuneJob.StudentFile));
        writer.Save(request.Teacher, folder.Of(FineTuneJob.TeacherFile));
        var answer = await new WorkerLaunch(threads).RunAsync(
            SparsifyJob.JobName,
            new SparsifyJob.Input(task, request.Train, request.Preprocess, request.Inputs, request.StandIn, request.Checkpoints),
            task.Tuning.Numerics,
            folder,
            request.Torch,
            progress,
            cancellation);
        return answer.Then(done => new OnnxReader().Read(folder.Of(FineTuneJob.TunedFile)).Then<SparseResult>(trained =>
        {
            var said = done.Value.Deserialize<SparsifyJob.Answer>(WorkerJson.Options)!;
            return new SparseResult(request.Student.With(trained.Graph), said.Strengths, said.Epochs);
        }));
    }
}
