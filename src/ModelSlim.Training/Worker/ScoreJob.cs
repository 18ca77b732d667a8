using System.Collections.Immutable;
using System.Text.Json;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Data;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Scoring;

namespace ModelSlim.Training.Worker;

/// <summary>Scores channels by gradients: reads the model from the job's folder, under the name that <see cref="FineTuneJob"/> has for the student.</summary>
internal sealed class ScoreJob : WorkerJob
{
    /// <summary>The name.</summary>
    public const string JobName = GradientScorer.Stage;

    /// <inheritdoc/>
    public override string Name => JobName;

    /// <inheritdoc/>
    public override Result<object> Run(JobContext context, CancellationToken cancellation)
    {
        var input = context.Input.Deserialize<Input>(WorkerJson.Options)!;
        return new OnnxReader().Read(Path.Combine(context.Folder, FineTuneJob.StudentFile)).Then(model =>
            new SampleSetReader().Open(input.Samples, input.Preprocess, input.Inputs).Then<object>(samples =>
            {
                using (samples)
                {
                    return new GradientScorer(new GraphCompiler(KernelRegistry.Standard))
                        .Run(model, input.Task, samples, context.Progress, cancellation).Then<object>(scores => new Answer(scores));
                }
            }));
    }

    /// <summary>What the host asks.</summary>
    /// <param name="Task">What to score.</param>
    /// <param name="Samples">The samples.</param>
    /// <param name="Preprocess">From stored value to model input.</param>
    /// <param name="Inputs">The model's inputs.</param>
    public sealed record Input(GradientTask Task, DataSource Samples, PreprocessSpec Preprocess, ImmutableArray<SampleInput> Inputs);

    /// <summary>What the host gets.</summary>
    /// <param name="Scores">By id of the group, a score for each channel.</param>
    public sealed record Answer(ImmutableSortedDictionary<string, ImmutableArray<double>> Scores);
}
