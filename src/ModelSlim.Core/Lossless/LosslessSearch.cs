using System.Collections.Immutable;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Lossless;

/// <summary>
/// Finds channels that can go without changing any output: those that nobody reads, those that are constant, those that another
/// channel repeats. What can go is decided by the weights alone; a run of the model only tells which value a constant has.
/// </summary>
public sealed class LosslessSearch
{
    private readonly OperatorCatalog catalog;
    private readonly GraphIndex index;
    private readonly ValueTrace trace;
    private readonly DependencyGraph dependencies;
    private readonly SliceFacts facts;
    private readonly ImmutableArray<GroupReads> groups;

    /// <summary>Looks at a graph.</summary>
    public LosslessSearch(GraphIndex index, ValueTrace trace, DependencyGraph dependencies, OperatorCatalog catalog)
    {
        (this.index, this.trace, this.dependencies, this.catalog) = (index, trace, dependencies, catalog);
        facts = new SliceFacts(index, trace, catalog);
        var sites = ReadSite.Of(index, trace, catalog).ToLookup(site => site.Axis);
        groups = [.. dependencies.Groups.Where(group => group.Approximate is null).Select(group => new GroupReads(group, sites))];
        Wanted = SizesAreOpen(index.Graph)
            ? []
            : [.. groups.SelectMany(group => group.Settled(facts))];
    }

    /// <summary>
    /// Values that have slices which are the same for all inputs, and whose value has to be known. None where input sizes are
    /// open beyond the batch: constants could depend on them.
    /// </summary>
    public ImmutableSortedSet<string> Wanted { get; }

    /// <summary>Removes what can go.</summary>
    /// <param name="observed">What the wanted values were in a run; values that are not there are not known.</param>
    public LosslessResult Finish(IReadOnlyDictionary<string, TensorData> observed)
    {
        var bench = new WeightBench(index);
        var folds = new BiasFold(index, trace, catalog, bench);
        var judge = new ChannelJudge(index, facts, observed, bench, folds);
        var removed = groups.Select(group => new LosslessKind?[group.Group.Channels]).ToArray();
        bool changed;
        do
        {
            changed = false;
            for (var i = 0; i < groups.Length; i++)
            {
                changed |= judge.Remove(groups[i], removed[i]);
            }
        }
        while (changed);

        return Cut(removed, bench, folds);
    }

    private static bool SizesAreOpen(Graph graph) =>
        graph.Inputs.Any(input => input.Shape.IsDefault || input.Shape.Skip(1).Any(dimension => dimension.Extent is null));

    private LosslessResult Cut(LosslessKind?[][] removed, WeightBench bench, BiasFold folds)
    {
        GroupCut[] cuts =
        [
            .. groups.Select((group, i) => new GroupCut(
                group.Group.Id,
                group.Group.Channels,
                [.. Enumerable.Range(0, group.Group.Channels).Where(channel => removed[i][channel] is not null)])).Where(cut => cut.Removed.Length > 0),
        ];
        if (cuts.Length == 0)
        {
            return new LosslessResult(index.Graph, []);
        }

        var kept = new PlanExpansion().Expand(cuts, dependencies, trace).Value!;
        var changed = new GraphIndex(index.Graph.WithConstants(bench.Changes));
        return new LosslessResult(
            folds.Attach(new CutApplier(catalog).Apply(changed, trace, kept), kept),
            [
                .. groups.SelectMany((group, i) => removed[i].OfType<LosslessKind>().CountBy(kind => kind).OrderBy(entry => entry.Key)
                    .Select(entry => new LosslessRemoval(group.Group.Id, entry.Key, entry.Value))),
            ]);
    }
}
