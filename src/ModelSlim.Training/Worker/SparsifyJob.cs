using System.Collections.Immutable;
using System.Text.Json;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Checkpoints;
using ModelSlim.Training.Data;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Sparsity;

namespace ModelSlim.Training.Worker;

/// <summary>
/// Trains before the cut: reads student and teacher from the job's folder under the names that <see cref="FineTuneJob"/> has for
/// them, and writes the trained model there.
/// </summary>
internal sealed class SparsifyJob : WorkerJob
{
    /// <summary>The name.</summary>
    public const string JobName = SparseTrainer.Stage;

    /// <inheritdoc/>
    public override string Name => JobName;

    /// <inheritdoc/>
    public override Result<object> Run(JobContext context, CancellationToken cancellation)
    {
        var input = context.Input.Deserialize<Input>(WorkerJson.Options)!;
        var reader = new OnnxReader();
        return reader.Read(Path.Combine(context.Folder, FineTuneJob.StudentFile)).Then(student =>
            reader.Read(Path.Combine(context.Folder, FineTuneJob.TeacherFile)).Then(teacher =>
                new SampleSetReader().Open(input.Train, input.Preprocess, input.Inputs).Then(samples =>
                {
                    using (samples)
                    using (var checkpoints = context.Open(input.Checkpoints, input.Train, input.Task, input.Preprocess, input.Inputs))
                    {
                        return new SparseTrainer(new GraphCompiler(KernelRegistry.Standard), TimeProvider.System).Run(
                            new SparseJob(student, teacher, input.Task, input.StandIn ? new UnlabelledSamples(samples) : samples) { Layout = input.Preprocess.Layout, Checkpoints = checkpoints, StandIn = input.StandIn },
                            context.Progress,
                            cancellation);
                    }
                }))).Then<object>(trained =>
                {
                    new OnnxWriter().Save(trained.Model, Path.Combine(context.Folder, FineTuneJob.TunedFile));
                    return new Answer(trained.Strengths, trained.Epochs);
                });
    }

    /// <summary>What the host asks.</summary>
    /// <param name="Task">How to train.</param>
    /// <param name="Train">Training data.</param>
    /// <param name="Preprocess">From stored value to model input.</param>
    /// <param name="Inputs">The model's inputs.</param>
    /// <param name="StandIn">True where the outputs are values inside the network, and no scores of classes.</param>
    /// <param name="Checkpoints">Where it keeps how far it is; null where it need not.</param>
    public sealed record Input(
        SparseTask Task, DataSource Train, PreprocessSpec Preprocess, ImmutableArray<SampleInput> Inputs, bool StandIn, CheckpointPlace? Checkpoints);

    /// <summary>What the host gets, beside the file.</summary>
    /// <param name="Strengths">What is left of each channel, by group.</param>
    /// <param name="Epochs">One summary an epoch.</param>
    public sealed record Answer(
        ImmutableSortedDictionary<string, ImmutableArray<double>> Strengths, ImmutableArray<EpochSummary> Epochs);
}
