using ModelSlim.Core.Costs;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Pipeline;

/// <summary>
/// Counts what the subgraphs of a model cost that takes one way or another, as a model with an early exit does: of the branches of each
/// If the one with more multiply-accumulates, and what all of them store. The model is traced without the If, on either way.
/// </summary>
/// <param name="sessions">Opens models.</param>
/// <param name="catalog">What is known about operators.</param>
internal sealed class InnerCosts(SessionFactory sessions, OperatorCatalog catalog)
{
    private const int MostChoices = 16;

    private readonly ModelCourses courses = new(sessions, catalog);
    private readonly CostModel costs = new(catalog);

    /// <summary>Counts.</summary>
    /// <param name="model">The model.</param>
    /// <param name="trace">Its trace.</param>
    /// <param name="recipe">Sizes for symbolic dimensions.</param>
    /// <param name="cancellation">Ends it.</param>
    public InnerCost Of(OnnxModel model, ValueTrace trace, Recipe recipe, CancellationToken cancellation)
    {
        if (!model.Graph.Nodes.Any(node => node.Subgraphs.Any()))
        {
            return InnerCost.None;
        }

        var (stored, macs, basis) = (Stored(model.Graph), 0L, (MacsBasis?)null);
        var left = MostChoices;
        while (left > 0 && courses.Ways(model, trace, recipe, cancellation) is { Length: > 0 } ways)
        {
            left--;
            var outer = new GraphIndex(model.Graph);
            (model, trace, var most) = Costliest(ways, outer, ref left, recipe, cancellation);
            (macs, basis) = (macs + most, MacsBasis.Most);
        }

        return new InnerCost(macs, stored, SubgraphWeights.Any(new GraphIndex(model.Graph)) ? MacsBasis.Outside : basis);
    }

    // Branches may hold branches, whose layers are as much a part of what the way takes.
    private (OnnxModel Model, ValueTrace Trace, long Macs) Costliest(
        (OnnxModel Model, ValueTrace Trace)[] ways, GraphIndex outer, ref int left, Recipe recipe, CancellationToken cancellation)
    {
        var most = (ways[0].Model, ways[0].Trace, Macs: -1L);
        foreach (var (model, trace) in ways)
        {
            var found = (model, trace, Macs: Opened(model, trace, outer));
            if (left > 0
                && SubgraphWeights.OfLayersIn(new GraphIndex(model.Graph)).Any(node => node is { OpType: "If", Domain: "" } && !node.Outputs.Any(outer.Has))
                && courses.Ways(model, trace, recipe, cancellation) is { Length: > 0 } inner)
            {
                left--;
                found = Costliest(inner, outer, ref left, recipe, cancellation);
            }

            most = found.Macs > most.Macs ? found : most;
        }

        return most;
    }

    // Of the nodes that came out of a branch, which have names that nothing had.
    private long Opened(OnnxModel way, ValueTrace trace, GraphIndex outer)
    {
        var index = new GraphIndex(way.Graph);
        return way.Graph.Nodes.Where(node => !node.Outputs.Any(outer.Has)).Sum(node => costs.Macs(node, index, trace));
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
