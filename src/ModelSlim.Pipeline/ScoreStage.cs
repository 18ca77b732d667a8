using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Importance;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Pipeline;

/// <summary>Scores channels by the criterion of a recipe.</summary>
/// <param name="catalog">What is known about operators.</param>
public sealed class ScoreStage(OperatorCatalog catalog)
{
    /// <summary>Scores every channel of a model.</summary>
    public Result<ImportanceScores> Run(ModelAnalysis analysis, Recipe recipe)
    {
        ImportanceCriterion criterion = recipe.Prune.Criterion switch
        {
            Criterion.BatchNormScale => new BatchNormScaleCriterion(catalog),
            Criterion.GeometricMedian => new GeometricMedianCriterion(),
            Criterion.Lamp => new LampCriterion(),
            Criterion.Random => new RandomCriterion(recipe.Seed),
            _ => new MagnitudeCriterion(),
        };
        return criterion.Score(analysis.Index, analysis.Dependencies);
    }
}
