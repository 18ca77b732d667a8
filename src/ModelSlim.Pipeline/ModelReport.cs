using ModelSlim.Core.Costs;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;

namespace ModelSlim.Pipeline;

/// <summary>Costs in the words of a report.</summary>
internal static class ModelReport
{
    /// <summary>A cost without measurements.</summary>
    public static MeasuredCost Of(ModelCost cost) => new() { Params = cost.Params, Macs = cost.Macs, Bytes = cost.Bytes };

    /// <summary>A cost as <see cref="CostliestCourse.With"/> counts it, without measurements.</summary>
    /// <param name="cost">The cost.</param>
    /// <param name="of">The model that was given.</param>
    /// <param name="recipe">The recipe.</param>
    public static MeasuredCost Of(ModelCost cost, ModelAnalysis of, Recipe recipe) => Of(cost) with
    {
        MacsBasis = !SubgraphWeights.Any(of.Index) ? null : recipe.Methods.All(MethodTraits.MasksWeights) ? MacsBasis.Most : MacsBasis.Outside,
    };
}
