using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Worker;

namespace ModelSlim.Pipeline;

/// <summary>Everything about a recipe and a model that can be told without doing it: inputs, names, data, targets.</summary>
/// <param name="reader">Reads the model.</param>
/// <param name="analysis">Analyses it.</param>
/// <param name="data">Opens the data sets.</param>
/// <param name="planning">Decides what would go.</param>
public sealed class RecipeCheck(OnnxReader reader, AnalysisStage analysis, DataStage data, PlanningRun planning)
{
    /// <summary>Checks a recipe for a model file.</summary>
    /// <returns>What would become of the model, or all that is wrong with model, data and target.</returns>
    public Result<PlannedModel> Run(string path, Recipe recipe, CancellationToken cancellation) =>
        analysis.Run(reader, path, recipe, cancellation)
            .Then(found =>
            {
                var opened = data.Run(found, recipe.Data);
                using var sets = opened.Value;
                // Whether the target can be met does not depend on how channels are scored, and a check trains nothing.
                var plain = recipe with { Prune = recipe.Prune with { Criterion = Criterion.Magnitude } };
                var planned = sets is null || ScoreStage.NeedsGradients(recipe)
                    ? planning.Run(path, found, plain, new TorchSource(), cancellation)
                    : planning.Run(path, found, sets, recipe, new TorchSource(), cancellation);
                if (sets?.Misfit(recipe, found) is { } misfit)
                {
                    return Result<PlannedModel>.Failed([.. opened.Diagnostics, misfit, .. planned.Succeeded ? [] : planned.Diagnostics]);
                }

                return opened.Succeeded && planned.Succeeded
                    ? Result<PlannedModel>.With(planned.Value, [.. opened.Diagnostics, .. planned.Diagnostics])
                    : Result<PlannedModel>.Failed([.. opened.Diagnostics, .. planned.Diagnostics]);
            });
}
