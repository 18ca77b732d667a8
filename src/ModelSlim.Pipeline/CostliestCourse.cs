using ModelSlim.Core.Costs;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Pipeline;

/// <summary>
/// What a model costs at the most that takes one way or another, as a model with an early exit does: of the branches of each If the one
/// with more multiply-accumulates is counted, and what all of them store. Where no branch has weights, as where a detector squeezes an
/// axis, the way that the model was traced on counts: it is run anew for each choice.
/// </summary>
/// <param name="sessions">Opens models.</param>
/// <param name="catalog">What is known about operators.</param>
public sealed class CostliestCourse(SessionFactory sessions, OperatorCatalog catalog)
{
    // Branches may hold branches.
    private const int MostChoices = 16;
    private readonly ModelCourses courses = new(sessions, catalog);

    /// <summary>Counts.</summary>
    /// <param name="found">The model.</param>
    /// <param name="recipe">Sizes for symbolic dimensions.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The cost as it was given where the model has no If.</returns>
    public ModelCost Of(ModelAnalysis found, Recipe recipe, CancellationToken cancellation)
    {
        var (model, trace, macs) = (found.Model, found.Trace, found.Given.Macs);
        for (var choice = 0; choice < MostChoices; choice++)
        {
            var ways = courses.Ways(model, trace, recipe, cancellation)
                .Select(way => (way.Model, way.Trace, new CostModel(catalog).Measure(way.Model, way.Trace).Macs))
                .ToArray();
            if (ways.Length == 0)
            {
                break;
            }

            (model, trace, macs) = ways.MaxBy(way => way.Macs);
        }

        return found.Given with { Macs = Math.Max(macs, found.Given.Macs), Params = found.Given.Params + Stored(found.Model.Graph) };
    }

    /// <summary>What a recipe gives and takes, with what branches store where nothing that targets count is removed: single weights become zero there too.</summary>
    /// <param name="found">The model.</param>
    /// <param name="after">What it costs afterwards.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="cancellation">Ends it.</param>
    public (ModelCost Before, ModelCost After) With(ModelAnalysis found, ModelCost after, Recipe recipe, CancellationToken cancellation)
    {
        if (!recipe.Methods.All(MethodTraits.MasksWeights))
        {
            return (found.Given, after);
        }

        var all = Of(found, recipe, cancellation);
        return (all, after with { Macs = after.Macs + all.Macs - found.Given.Macs, Params = after.Params + all.Params - found.Given.Params });
    }

    private long Stored(Graph graph)
    {
        var statistics = new StoredStatistics(catalog).Of(graph);
        return Below(graph);

        long Below(Graph outer) => outer.Nodes.SelectMany(node => node.Subgraphs).Sum(inner => Below(inner) + new GraphIndex(inner).Constants
            .Where(stored => stored.Value.IsFloatingPoint && stored.Value.Shape.Length > 0 && !statistics.Contains(stored.Key))
            .Sum(stored => stored.Value.Length));
    }
}
