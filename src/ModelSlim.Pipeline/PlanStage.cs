using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Importance;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Precision;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Pipeline;

/// <summary>Decides which channels go.</summary>
/// <param name="catalog">What is known about operators.</param>
/// <param name="timer">Measures plans where the target has a latency.</param>
public sealed class PlanStage(OperatorCatalog catalog, IPlanTimer timer)
{
    /// <summary>Makes a plan for a model.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="scores">How important its channels are, from <see cref="ScoreStage"/> or from training that was made for it.</param>
    /// <param name="recipe">The target, and how to prune.</param>
    /// <param name="cancellation">Ends measuring.</param>
    public Result<PruningPlan> Run(ModelAnalysis analysis, ImportanceScores scores, Recipe recipe, CancellationToken cancellation)
    {
        Result<PruningPlan> Plan(TargetSpec target) => new PruningPlanner(catalog).Plan(
            analysis.Model, analysis.Digest, analysis.Trace, analysis.Dependencies, scores, target, recipe.Prune, analysis.Given, analysis.Inner,
            PrecisionStage.IsAsked(recipe, analysis) ? model => PrecisionStage.Stored(model, recipe, analysis) : null,
            recipe.Precision == WeightPrecision.Half ? HalfWeights.BytesOf : null);
        var plan = recipe.Target.Latency is null ? Plan(recipe.Target) : new LatencySearch(timer).Run(analysis, recipe.Target, Plan, cancellation);
        return plan.Then<PruningPlan>(made => made.Cuts.IsEmpty ? made with { After = analysis.UncutCost } : made);
    }
}
