using ModelSlim.Core.Graphs;

namespace ModelSlim.Evaluation.Repair;

/// <summary>Puts together what there is to fit each layer to.</summary>
internal sealed class LayerTasks
{
    private const int LargestWeight = 1 << 24;

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
    /// <returns>
    /// The task; null where the shapes of this run do not fit each other, as where they depend on the data, and where the weight
    /// is so large that a fit would hold it several times over in gigabytes.
    /// </returns>
    public SiteTask? For(FitSite site)
    {
        var (weight, originalWeight) = (slimIndex.Constant(site.Weight)!, originalIndex.Constant(site.Weight)!);
        if (weight.Length > LargestWeight)
        {
            return null;
        }

        var input = slim.Value(0, site.Input).Shape;
        var originalInput = original.Has(site.Input) ? original.Value(0, site.Input).Shape : default;
        var goal = site.Goal is { } name ? original.Value(0, name).Shape : default;
        if (!slim.IsSteady(site.Input) || (!originalInput.IsDefault && !original.IsSteady(site.Input)) || (site.Goal is not null && !original.IsSteady(site.Goal))
            || site.Form.LayOut(input, weight.Shape, goal) is not { } layout
            || (site.Beside is { } beside && !(slim.IsSteady(beside) && slim.Value(0, beside).Shape.SequenceEqual(layout.OutputShape))))
        {
            return null;
        }

        var originalNode = originalIndex.Producer(site.Node.Outputs.First(output => output.Length > 0))!;
        var originalLayout = originalInput.IsDefault
            ? null : (site.Form with { Node = originalNode }).LayOut(originalInput, originalWeight.Shape, goal);
        var whole = site.Goal is null ? originalLayout?.OutputShape ?? default : goal;
        var places = whole.IsDefault ? null : GoalPlaces.Of(layout, whole, axis =>
            site.Goal is { } value ? task.Cuts.Of(value, axis)
            : site.Form.Source(axis) is var (from, its) ? task.Cuts.Of(site.Node.Inputs[from], its) : null);
        return places is null ? null : new SiteTask
        {
            Site = site,
            Layout = layout,
            OriginalLayout = originalLayout,
            GoalPlaces = places,
            Weight = weight,
            KeepsZeros = task.Masked.Contains(site.Weight),
            OriginalWeight = originalWeight,
            KeptInputs = task.Cuts.Of(site.Input, 1) ?? [.. Enumerable.Range(0, input.Length > 1 ? input[1] : 0)],
            Original = original,
            Slim = slim,
            FittedChunks = fittedChunks,
        };
    }
}
