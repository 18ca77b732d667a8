using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Worker;

namespace ModelSlim.Pipeline;

/// <summary>Fine-tunes a slim model in a worker process.</summary>
/// <param name="worker">Starts the process.</param>
public sealed class FineTuneStage(TrainingWorker worker)
{
    /// <summary>Fine-tunes.</summary>
    /// <param name="original">The original, which is the teacher.</param>
    /// <param name="slim">The slim model.</param>
    /// <param name="request">What is asked for; its recipe names training data.</param>
    /// <param name="masked">Names of the weights in which zeros stay zero.</param>
    /// <param name="growth">How more become zero meanwhile; null where none do.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Result<TuningResult>> RunAsync(
        ModelAnalysis original,
        OnnxModel slim,
        SlimRequest request,
        ImmutableArray<string> masked,
        MaskGrowth? growth,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        var tuned = await worker.RunAsync(TrainingRequests.Of(original, slim, original.Model, request) with { Masked = masked, Growth = growth }, progress, cancellation).ConfigureAwait(false);
        return Located(tuned, request.Recipe.Data.Train!.Location).Then<TuningResult>(result => result with { Model = new ComparedOutputs(original).Back(result.Model, slim) });
    }

    // The worker does not know where a recipe names the labels.
    private static Result<TuningResult> Located(Result<TuningResult> tuned, SourceSpan? data) => tuned.Succeeded ? tuned
        : Result<TuningResult>.Failed(tuned.Diagnostics.Select(said => said.Descriptor == DiagnosticCodes.LabelsUnfit ? said with { Location = said.Location ?? data } : said));
}
