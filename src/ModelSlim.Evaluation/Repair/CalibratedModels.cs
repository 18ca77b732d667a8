using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Evaluation.Calibration;
using ModelSlim.Evaluation.Metrics;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Evaluation.Repair;

/// <summary>Makes models ready to walk through with samples.</summary>
internal sealed class CalibratedModels
{
    private readonly BatchedModelOpener opener;
    private readonly RepairSettings settings;

    /// <summary>Makes a verb of it.</summary>
    public CalibratedModels(SessionFactory sessions, RepairSettings settings)
    {
        this.settings = settings;
        opener = new BatchedModelOpener(sessions);
    }

    /// <summary>
    /// Frees both models of a fixed batch where that is proven to be right, and reads the samples. What leads to no output, by which models
    /// are compared, is left out: it may go by choices that the two make differently.
    /// </summary>
    public Result<Pair> Open(RepairTask task, CancellationToken cancellation) =>
        OpenLeading(task with { Original = Leading(task.Original), Slim = Leading(task.Slim) }, cancellation);

    private Result<Pair> OpenLeading(RepairTask task, CancellationToken cancellation) =>
        AnyBatch(task.Original, task.OriginalTrace, task.Calibration, cancellation).Then(original =>
            AnyBatch(task.Slim, task.SlimTrace, task.Calibration, cancellation).Then<Pair>(slim =>
            {
                var both = original.Value && slim.Value;
                var batches = new CalibrationReader(settings.Samples, settings.Seed)
                    .Read(task.Calibration, both, task.Original.Graph, task.OriginalTrace);
                return both
                    ? new Pair(Freed(task.Original, task.OriginalTrace), Freed(task.Slim, task.SlimTrace), batches)
                    : new Pair(task.Original, task.Slim, batches);
            }));

    /// <summary>Frees one model of a fixed batch where that is proven to be right, and reads the samples.</summary>
    public Result<Single> Open(OnnxModel model, ValueTrace trace, SampleSet samples, CancellationToken cancellation) =>
        AnyBatch(model, trace, samples, cancellation).Then<Single>(any => new Single(
            any.Value ? Freed(model, trace) : model,
            new CalibrationReader(settings.Samples, settings.Seed).Read(samples, any.Value, model.Graph, trace)));

    private Result<Answer> AnyBatch(OnnxModel model, ValueTrace trace, SampleSet samples, CancellationToken cancellation) =>
        opener.Open(model, trace, samples, cancellation).Then<Answer>(opened =>
        {
            using (opened)
            {
                return new Answer(opened.AnyBatch);
            }
        });

    private static OnnxModel Leading(OnnxModel model) => model.With(LeadingNodes.Of(model.Graph));

    private static OnnxModel Freed(OnnxModel model, ValueTrace trace) =>
        model.With(new BatchFree().Free(model.Graph, trace)!);

    /// <summary>Both models and the samples.</summary>
    /// <param name="Original">The original, for chunks of the batches.</param>
    /// <param name="Slim">The slim model, for the same.</param>
    /// <param name="Batches">The samples.</param>
    internal sealed record Pair(OnnxModel Original, OnnxModel Slim, CalibrationBatches Batches);

    /// <summary>A model and the samples.</summary>
    /// <param name="Model">The model, for chunks of the batches.</param>
    /// <param name="Batches">The samples.</param>
    internal sealed record Single(OnnxModel Model, CalibrationBatches Batches);

    private sealed record Answer(bool Value);
}
