using System.Text.Json;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Training.FineTuning;

namespace ModelSlim.Training.Worker;

/// <summary>Fine-tunes in a process of its own, held to a numerics class. Fetches libtorch if need be.</summary>
/// <param name="threads">Most threads, where the class leaves their number open; null for one a core.</param>
public sealed class TrainingWorker(int? threads = null)
{
    /// <summary>Fine-tunes.</summary>
    /// <returns>
    /// The tuned model; MSLIM20xx where the machine cannot train or the process ended early, MSLIM60xx and MSLIM61xx as
    /// <see cref="FineTuner"/> says.
    /// </returns>
    /// <exception cref="OperationCanceledException">It was cancelled; the process has ended.</exception>
    public async Task<Result<TuningResult>> RunAsync(
        TrainingRequest request, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        using var folder = JobFolder.Create();
        var writer = new OnnxWriter();
        writer.Save(request.Student, folder.Of(FineTuneJob.StudentFile));
        writer.Save(request.Teacher, folder.Of(FineTuneJob.TeacherFile));
        var answer = await new WorkerLaunch(threads).RunAsync(
            FineTuneJob.JobName,
            new FineTuneJob.Input(request.Spec, request.Train, request.Preprocess, request.Inputs, request.Masked, request.Growth, request.StandIn, request.Checkpoints),
            request.Spec.Numerics,
            folder,
            request.Torch,
            progress,
            cancellation);
        return answer.Then(done => new OnnxReader().Read(folder.Of(FineTuneJob.TunedFile)).Then<TuningResult>(tuned =>
        {
            var told = done.Value.Deserialize<FineTuneJob.Answer>(WorkerJson.Options)!;
            return new TuningResult(request.Student.With(tuned.Graph), told.Epochs, told.Steps, told.Kept);
        }));
    }
}
