using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Calibration;
using ModelSlim.Evaluation.Repair;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Pipeline;

/// <summary>Repairs a slim model without labels, on calibration samples or on noise.</summary>
/// <param name="sessions">Opens models.</param>
/// <param name="threads">Number of threads; does not change the result.</param>
public sealed class RepairStage(SessionFactory sessions, int threads)
{
    private const int NoiseSamples = 512;

    /// <summary>Repairs.</summary>
    /// <param name="original">The model before the cut, or before weights became zero.</param>
    /// <param name="cut">The model after.</param>
    /// <param name="masked">Names of the weights in which zeros stay zero.</param>
    /// <param name="calibration">Samples; null means noise.</param>
    /// <param name="recipe">Seed, and preprocessing for noise.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The repaired model, or the slim model as it was where nothing helped.</returns>
    public Result<OnnxModel> Run(
        ModelAnalysis original,
        CutModel cut,
        ImmutableHashSet<string> masked,
        SampleSet? calibration,
        Recipe recipe,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        if ((calibration ?? Noise(original, recipe)) is not { } samples)
        {
            return cut.Model;
        }

        // Boxes that were found are not the same boxes in both models; what they were chosen from is.
        var compared = new ComparedOutputs(original);
        var settings = new RepairSettings { Seed = recipe.Seed, Threads = threads };
        return new SequentialLeastSquares(sessions, settings).Repair(
            new RepairTask
            {
                Original = compared.In(original.Model, cut.Model),
                OriginalTrace = original.Trace,
                Slim = compared.In(cut.Model, original.Model),
                SlimTrace = cut.Trace,
                Cuts = cut.Cuts,
                Masked = masked,
                Calibration = samples,
            },
            progress,
            cancellation).Then<OnnxModel>(outcome => compared.Back(outcome.Model, cut.Model));
    }

    /// <summary>Noise in place of samples; null where an input is not of real numbers, or where a sample of it is one number.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="recipe">Seed and preprocessing.</param>
    /// <param name="most">Largest number of samples.</param>
    internal static SampleSet? Noise(ModelAnalysis analysis, Recipe recipe, int most = NoiseSamples)
    {
        var inputs = analysis.SampleInputs;
        return inputs.All(input => input.IsReal && !input.Shape.IsEmpty)
            ? new NoiseSampleSet(Math.Min(most, NoiseSamples), [.. inputs.Select(input => input.Shape)], recipe.Data.Preprocess, recipe.Seed) { Whole = [.. inputs.Select(input => input.IsWhole)] }
            : null;
    }
}
