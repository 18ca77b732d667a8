using System.Collections.Immutable;
using ModelSlim.Core.Costs;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Importance;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Pruning;

/// <summary>
/// Decides what goes: block by block, the one that costs the least importance for what it saves (the knapsack ratio of HALP,
/// Shen et al. 2022, and GroupFisher, Liu et al. 2021), until every target holds.
/// </summary>
/// <param name="catalog">What is known about operators.</param>
public sealed class PruningPlanner(OperatorCatalog catalog)
{
    /// <summary>Plans cuts that reach the target.</summary>
    /// <param name="model">The model.</param>
    /// <param name="modelDigest">Its digest, for the plan.</param>
    /// <param name="trace">Its trace.</param>
    /// <param name="dependencies">What can go.</param>
    /// <param name="scores">How important channels are: of every group, and maybe of others.</param>
    /// <param name="target">The target.</param>
    /// <param name="prune">How to prune.</param>
    /// <param name="given">The cost that the target is a share of; null means the model's.</param>
    /// <param name="inner">What the model's subgraphs cost; null means nothing.</param>
    /// <param name="written">What will be made of a model before it is written, which a size is counted with; the plan's own bytes are those before that.</param>
    /// <param name="bytesOf">Bytes that a tensor will take then, about; null means those that it has.</param>
    /// <returns>The plan, or MSLIM5001 with what can be reached.</returns>
    public Result<PruningPlan> Plan(
        OnnxModel model,
        string modelDigest,
        ValueTrace trace,
        DependencyGraph dependencies,
        ImportanceScores scores,
        TargetSpec target,
        PruneSpec prune,
        ModelCost? given = null,
        InnerCost? inner = null,
        Func<OnnxModel, OnnxModel>? written = null,
        Func<TensorData, long>? bytesOf = null)
    {
        long Written(OnnxModel one) => new OnnxWriter().Size(written is null ? one : written(one));
        var index = new GraphIndex(model.Graph);
        var before = given ?? new CostModel(catalog).Measure(model, trace, inner);
        var around = target.Size is null ? 0 : Written(model) - new CostLedger(index, trace, catalog, inner, bytesOf).StoredBytes;
        while (true)
        {
            var ledger = new CostLedger(index, trace, catalog, inner, bytesOf);
            var groups = dependencies.Groups.Select(group => new GroupProgress(
                group, scores.ByGroup[group.Id], new WidthSteps(group.Channels, prune.RoundTo), prune.MaxRatio)).ToArray();
            var goal = new CostGoal(target, before, inner ?? InnerCost.None, around);
            var places = new RemovedPlaces(dependencies.Groups, trace);
            if (!new BlockGreedy(index, ledger, groups, places, Chosen(prune.Scope, scores)).Reach(goal))
            {
                return DiagnosticCodes.TargetUnreachable.At(target.Location, goal.Shortfall(ledger, dependencies, prune.MaxRatio));
            }

            ImmutableArray<GroupCut> cuts =
                [.. groups.Where(group => group.Removed > 0).Select(group => new GroupCut(group.Group.Id, group.Group.Channels, group.RemovedChannels))];
            var slim = new PlanExpansion().Expand(cuts, dependencies, trace)
                .Then<OnnxModel>(channelCuts => model.With(new CutApplier(catalog).Apply(index, trace, channelCuts)));
            if (!slim.Succeeded || target.Size is not { } limit || Written(slim.Value) is var bytes && bytes <= limit.Of(before.Bytes))
            {
                return slim.Then<PruningPlan>(made => new PruningPlan
                {
                    Model = modelDigest,
                    Before = before,
                    After = new ModelCost(ledger.Macs, ledger.Params, new OnnxWriter().Size(made)),
                    Cuts = cuts,
                });
            }

            // A cut may change what names, sizes and nodes take; what was not foreseen is from now on.
            around += bytes - goal.Bytes(ledger);
        }
    }

    private static Scope Chosen(Scope scope, ImportanceScores scores) =>
        scope != Scope.Auto ? scope : scores.AreComparable ? Scope.Global : Scope.Local;
}
