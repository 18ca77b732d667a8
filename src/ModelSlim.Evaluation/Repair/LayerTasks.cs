using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Evaluation.Repair;

/// <summary>Puts together what there is to fit each layer to.</summary>
internal sealed class LayerTasks
{
    private readonly RepairTask task;
    private readonly GraphWalk original;
    private readonly GraphWalk slim;
    private readonly int fittedChunks;
    private readonly GraphIndex originalIndex;
    private readonly GraphIndex slimIndex;

    /// <summary>Makes tasks.</summary>
    public LayerTasks(RepairTask task, GraphWalk original, GraphWalk slim, int fittedChunks)
    {
        this.task = task;
        this.original = original;
        this.slim = slim;
        this.fittedChunks = fittedChunks;
        originalIndex = new GraphIndex(task.Original.Graph);
        slimIndex = new GraphIndex(task.Slim.Graph);
    }

    /// <summary>The task of a layer; both walks have come as far as it needs.</summary>
    public SiteTask For(FitSite site) => new()
    {
        Site = site,
        Weight = slimIndex.Constant(site.Weight)!,
        OriginalWeight = originalIndex.Constant(site.Weight)!,
        KeptInputs = Kept(site, site.Input),
        KeptOutputs = Kept(site, site.Goal),
        Original = original,
        Slim = slim,
        FittedChunks = fittedChunks,
    };

    private ImmutableArray<int> Kept(FitSite site, string value)
    {
        var shape = task.OriginalTrace.Shape(value);
        var axis = site.ChannelAxis(shape);
        return task.Cuts.Of(value, axis) ?? [.. Enumerable.Range(0, shape[axis])];
    }
}
