using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Importance;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Pipeline;

/// <summary>Scores channels and decides which go.</summary>
/// <param name="catalog">What is known about operators.</param>
public sealed class PlanStage(OperatorCatalog catalog)
{
    /// <summary>Makes a plan for a model.</summary>
    public Result<PruningPlan> Run(ModelAnalysis analysis, Recipe recipe)
    {
        ImportanceCriterion criterion = recipe.Prune.Criterion switch
        {
            Criterion.BatchNormScale => new BatchNormScaleCriterion(catalog),
            Criterion.GeometricMedian => new GeometricMedianCriterion(),
            Criterion.Lamp => new LampCriterion(),
            Criterion.Random => new RandomCriterion(recipe.Seed),
            _ => new MagnitudeCriterion(),
        };
        var scores = criterion.Score(analysis.Index, analysis.Dependencies);
        return new PruningPlanner(catalog).Plan(
            analysis.Model, analysis.Digest, analysis.Trace, analysis.Dependencies, scores, recipe.Target, recipe.Prune, analysis.Given)
            .Then<PruningPlan>(plan => plan.Cuts.IsEmpty ? plan with { After = analysis.UncutCost } : plan);
    }
}
