using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Metrics;
using ModelSlim.Evaluation.Tracing;

namespace ModelSlim.Pipeline;

/// <summary>Times one model, or several in turns.</summary>
public sealed class LatencyRun(
    OnnxReader reader, ModelTracer tracer, LatencyMeter meter, AnalysisStage analysis, DataStage data, SampleTimer timer)
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    /// <summary>Times model files that take the same inputs: on the samples that the recipe names where their time hangs on what they are fed, as it is for gates.</summary>
    /// <param name="paths">The models.</param>
    /// <param name="recipe">Sizes for symbolic dimensions, and samples.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The times; MSLIM7003 where the models take other inputs.</returns>
    public Result<LatencyComparison> Run(
        IReadOnlyList<string> paths, Recipe recipe, CancellationToken cancellation)
    {
        var models = new List<OnnxModel>();
        foreach (var path in paths)
        {
            var model = reader.Read(path);
            if (!model.Succeeded)
            {
                return Result<LatencyComparison>.Failed(model.Diagnostics);
            }

            if (models.Count > 0 && new SameInputs().Check(models[0].Graph, model.Value.Graph, path) is { } difference)
            {
                return difference;
            }

            models.Add(model.Value);
        }

        return models.Exists(MeasureStage.HangsOnSamples) && recipe.Data is not { Eval: null, Calibration: null, Train: null }
            ? analysis.Run(models[0], recipe with { Prune = new PruneSpec() }, cancellation).Then(found => data.Run(found, recipe.Data).Then(sets =>
            {
                using (sets)
                {
                    var samples = MeasuringSamples.Of(sets, found, recipe)!.Set;
                    return timer.Measure(models, found.Trace, samples, [.. Enumerable.Range(0, samples.Count)], Budget, cancellation)
                        .Then<LatencyComparison>(times => times.Summary);
                }
            }))
            : new RecipeTrace(tracer).Run(models[0], recipe, cancellation)
                .Then(trace => meter.Measure(models, trace, Budget, cancellation));
    }
}
