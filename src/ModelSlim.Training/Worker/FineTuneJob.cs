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

namespace ModelSlim.Training.Worker;

/// <summary>Fine-tunes: reads student and teacher from the job's folder, and writes the tuned model there.</summary>
internal sealed class FineTuneJob : WorkerJob
{
    /// <summary>The name.</summary>
    public const string JobName = "fine-tune";

    /// <summary>File of the slim model.</summary>
    public const string StudentFile = "student.onnx";

    /// <summary>File of the original.</summary>
    public const string TeacherFile = "teacher.onnx";

    /// <summary>File of the tuned model.</summary>
    public const string TunedFile = "tuned.onnx";

    /// <inheritdoc/>
    public override string Name => JobName;

    /// <inheritdoc/>
    public override Result<object> Run(JobContext context, CancellationToken cancellation)
    {
        var input = context.Input.Deserialize<Input>(WorkerJson.Options)!;
        var reader = new OnnxReader();
        return reader.Read(Path.Combine(context.Folder, StudentFile)).Then(student =>
            reader.Read(Path.Combine(context.Folder, TeacherFile)).Then(teacher =>
                new SampleSetReader().Open(input.Train, input.Preprocess, input.Inputs).Then(samples =>
                {
                    using (samples)
                    using (var checkpoints = context.Open(input.Checkpoints, input.Train, input.Spec, input.Preprocess, input.Inputs, input.Masked, (object?)input.Growth ?? ""))
                    {
                        return new FineTuner(new GraphCompiler(KernelRegistry.Standard), TimeProvider.System).Run(
                            new TuningJob(student, teacher, input.Spec, input.StandIn ? new UnlabelledSamples(samples) : samples) { Layout = input.Preprocess.Layout, Checkpoints = checkpoints, Masked = input.Masked, Growth = input.Growth, StandIn = input.StandIn },
                            context.Progress,
                            cancellation);
                    }
                }))).Then<object>(tuned =>
                {
                    new OnnxWriter().Save(tuned.Model, Path.Combine(context.Folder, TunedFile));
                    return new Answer(tuned.Epochs, tuned.Steps, tuned.Kept);
                });
    }

    /// <summary>What the host asks.</summary>
    /// <param name="Spec">How to fine-tune.</param>
    /// <param name="Train">Training data.</param>
    /// <param name="Preprocess">From stored value to model input.</param>
    /// <param name="Inputs">The model's inputs.</param>
    /// <param name="Masked">Names of the weights in which zeros stay zero.</param>
    /// <param name="Growth">How more become zero meanwhile; null where none do.</param>
    /// <param name="StandIn">True where the outputs are values inside the network, and no scores of classes.</param>
    /// <param name="Checkpoints">Where it keeps how far it is; null where it need not.</param>
    public sealed record Input(
        FineTuneSpec Spec,
        DataSource Train,
        PreprocessSpec Preprocess,
        ImmutableArray<SampleInput> Inputs,
        ImmutableArray<string> Masked,
        MaskGrowth? Growth,
        bool StandIn,
        CheckpointPlace? Checkpoints);

    /// <summary>What the host gets, beside the file.</summary>
    /// <param name="Epochs">One summary an epoch.</param>
    /// <param name="Steps">Steps of all epochs.</param>
    /// <param name="Kept">The epoch whose weights the model has.</param>
    public sealed record Answer(ImmutableArray<EpochSummary> Epochs, int Steps, KeptEpoch Kept);
}
