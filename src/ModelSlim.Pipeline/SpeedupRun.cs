using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Metrics;
using ModelSlim.Evaluation.Tracing;

namespace ModelSlim.Pipeline;

/// <summary>Times an original and a slim model on this machine, as they are timed when the slim model is made.</summary>
/// <param name="reader">Reads the slim model.</param>
/// <param name="tracer">Finds the sizes of the inputs.</param>
/// <param name="analysis">Analyses the original, where samples are needed.</param>
/// <param name="data">Opens them.</param>
/// <param name="measuring">Times.</param>
public sealed class SpeedupRun(OnnxReader reader, ModelTracer tracer, AnalysisStage analysis, DataStage data, MeasureStage measuring)
{
    /// <summary>Times them in turns.</summary>
    /// <param name="original">Path of the original.</param>
    /// <param name="slim">The slim model.</param>
    /// <param name="recipe">Sizes for symbolic dimensions, and samples for models that take one way or another.</param>
    /// <param name="cancellation">Ends it.</param>
    public Result<LatencyComparison> Run(string original, ModelContent slim, Recipe recipe, CancellationToken cancellation) =>
        reader.Read(original).Then(before => slim.Read(reader).Then(after =>
            MeasureStage.HangsOnSamples(after) && recipe.Data is not { Eval: null, Calibration: null }
                ? OnSamples(before, after, recipe, cancellation)
                : tracer.Trace(before, recipe.Inputs, cancellation).Then(trace => measuring.Time(before, after, trace, null, cancellation))));

    private Result<LatencyComparison> OnSamples(OnnxModel before, OnnxModel after, Recipe recipe, CancellationToken cancellation) =>
        analysis.Run(before, recipe with { Prune = new PruneSpec() }, cancellation).Then(found => data.Run(found, recipe.Data).Then(sets =>
        {
            using (sets)
            {
                return measuring.Time(found.GivenModel, after, found.Trace, MeasuringSamples.Of(sets, found, recipe)?.Set, cancellation);
            }
        }));
}
