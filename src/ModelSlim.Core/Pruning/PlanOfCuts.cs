using System.Collections.Immutable;
using ModelSlim.Core.Costs;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Pruning;

/// <summary>Makes a plan of cuts that were decided elsewhere, as training does: works out what they save.</summary>
/// <param name="catalog">What is known about operators.</param>
public sealed class PlanOfCuts(OperatorCatalog catalog)
{
    /// <summary>Makes it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="modelDigest">Its digest, for the plan.</param>
    /// <param name="trace">Its trace.</param>
    /// <param name="dependencies">What can go.</param>
    /// <param name="cuts">What goes.</param>
    /// <param name="given">The cost before anything went.</param>
    /// <param name="inner">What the model's subgraphs cost; null means nothing.</param>
    /// <returns>The plan; MSLIM5003 where the cuts do not fit the groups.</returns>
    public Result<PruningPlan> Make(
        OnnxModel model,
        string modelDigest,
        ValueTrace trace,
        DependencyGraph dependencies,
        ImmutableArray<GroupCut> cuts,
        ModelCost given,
        InnerCost? inner = null) =>
        new PlanExpansion().Expand(cuts, dependencies, trace).Then<PruningPlan>(channelCuts =>
        {
            var index = new GraphIndex(model.Graph);
            var ledger = new CostLedger(index, trace, catalog, inner);
            var places = new RemovedPlaces(dependencies.Groups, trace);
            foreach (var cut in cuts)
            {
                var group = dependencies.Groups.Index().First(entry => entry.Item.Id == cut.Group);
                ledger.Shorten(ledger.Touch(group.Item.Members), places.Remove(group.Index, cut.Removed.AsSpan()));
            }

            var slim = model.With(new CutApplier(catalog).Apply(index, trace, channelCuts));
            return new PruningPlan
            {
                Model = modelDigest,
                Before = given,
                After = new ModelCost(ledger.Macs, ledger.Params, new OnnxWriter().Size(slim)),
                Cuts = cuts,
            };
        });
}
