using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Importance;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Pipeline;

/// <summary>Decides which channels go.</summary>
/// <param name="catalog">What is known about operators.</param>
public sealed class PlanStage(OperatorCatalog catalog)
{
    /// <summary>Makes a plan for a model.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="scores">How important its channels are, from <see cref="ScoreStage"/> or from training that was made for it.</param>
    /// <param name="recipe">The target, and how to prune.</param>
    public Result<PruningPlan> Run(ModelAnalysis analysis, ImportanceScores scores, Recipe recipe) => new PruningPlanner(catalog).Plan(
        analysis.Model, analysis.Digest, analysis.Trace, analysis.Dependencies, scores, recipe.Target, recipe.Prune, analysis.Given)
        .Then<PruningPlan>(plan => plan.Cuts.IsEmpty ? plan with { After = analysis.UncutCost } : plan);
}
