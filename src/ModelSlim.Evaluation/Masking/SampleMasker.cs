using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Masking;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Calibration;
using ModelSlim.Evaluation.Repair;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Evaluation.Masking;

/// <summary>
/// Makes single weights zero by what they multiply on samples, without labels. By the weight times the norm of what it multiplies
/// (Sun et al. 2024, "A simple and effective pruning approach for large language models"); or so many of each block of inputs, and
/// the weights that are left make up for it (<see cref="LayerElimination"/>). Layers read what they read in the model as it was: the
/// repair, which comes after, follows what changed before them.
/// </summary>
/// <param name="sessions">Opens models.</param>
/// <param name="settings">How many samples, seed and threads.</param>
public sealed class SampleMasker(SessionFactory sessions, RepairSettings settings)
{
    private const int LargestWeight = 1 << 24;
    private const int Named = 4;

    /// <summary>Makes them zero.</summary>
    /// <param name="task">The model and the samples.</param>
    /// <param name="progress">Is told how many layers are done.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>
    /// The graph; MSLIM5001 as <see cref="WeightMasker"/> says, MSLIM404x where the model does not run, and
    /// <see cref="DiagnosticCodes.ScoredByMagnitude"/> where there are too few samples, or as a warning for weights that no samples tell about.
    /// </returns>
    public Result<MaskedGraph> Mask(MaskingTask task, IProgress<StageProgress>? progress, CancellationToken cancellation) =>
        task.Calibration.Count < CalibrationReader.FewestSamples
            ? DiagnosticCodes.ScoredByMagnitude.Says(
                $"there are {task.Calibration.Count} calibration samples, too few to score weights by; give at least {CalibrationReader.FewestSamples}")
            : new CalibratedModels(sessions, settings).Open(task.Model, task.Trace, task.Calibration, cancellation).Then(opened =>
                Norms(task, opened, progress, cancellation).Then(norms =>
                    new WeightMasker().Mask(task.Model.Graph, task.Weights, task.Target, task.Prune, settings.Seed, norms.ByWeight)
                        .Then(masked => task.Prune.Criterion == Criterion.Reconstruction ? Eliminate(task, opened, masked, progress, cancellation) : masked)
                        .Then(masked => Result<MaskedGraph>.With(masked, Unseen(masked, norms)))));

    private static IEnumerable<Diagnostic> Unseen(MaskedGraph masked, InputNorms norms)
    {
        string[] unseen = [.. masked.Masked.Select(weight => weight.Name).Where(name => !norms.ByWeight.ContainsKey(name))];
        return unseen.Length == 0 ? [] :
        [
            DiagnosticCodes.ScoredByMagnitude.Says(
                $"{string.Join(", ", unseen.Take(Named).Select(DisplayText.Quote))}{(unseen.Length > Named ? $" and {unseen.Length - Named} more" : "")} are scored by their size alone: "
                + "no single layer of the graph itself multiplies by them as they are stored"),
        ];
    }

    private Result<InputNorms> Norms(
        MaskingTask task, CalibratedModels.Single opened, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        var norms = new InputNorms(settings.Seed);
        return Walk(task, opened, "score", (site, walk) => norms.Add(site, walk), progress, cancellation).Then<InputNorms>(_ => norms);
    }

    private Result<MaskedGraph> Eliminate(
        MaskingTask task, CalibratedModels.Single opened, MaskedGraph masked, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        var elimination = new LayerElimination(new ProductKernel(settings.Threads), settings.Seed);
        var index = new GraphIndex(task.Model.Graph);
        var fits = masked.Masked.Select(weight => weight.Name).ToHashSet(StringComparer.Ordinal);
        var changed = new SortedDictionary<string, TensorData>(StringComparer.Ordinal);
        return Walk(
            task,
            opened,
            "mask",
            (site, walk) =>
            {
                if (fits.Contains(site.Weight.Name)
                    && elimination.Run(site, masked.Graph.Initializers[site.Weight.Name].ToSingles(), task.Target, walk) is var (weights, intercept))
                {
                    foreach (var (name, tensor) in site.Site.Changed(index, weights, intercept))
                    {
                        changed[name] = tensor;
                    }
                }
            },
            progress,
            cancellation).Then<MaskedGraph>(_ => masked with { Graph = masked.Graph.WithConstants(changed) });
    }

    // Visits the layers whose weights may become zero, in graph order.
    private Result<GraphWalk> Walk(
        MaskingTask task,
        CalibratedModels.Single opened,
        string stage,
        Action<MaskingSite, GraphWalk> visit,
        IProgress<StageProgress>? progress,
        CancellationToken cancellation)
    {
        var index = new GraphIndex(opened.Model.Graph);
        var weights = task.Weights.ToDictionary(weight => weight.Name, StringComparer.Ordinal);
        var walk = new GraphWalk(sessions, opened.Model, opened.Batches.Chunks, settings.Threads);

        // A weight that several layers multiply by is not one layer's to change.
        FitSite[] sites =
        [
            .. new FitSiteFinder(opened.Model.Graph, task.Trace).Find()
                .Where(site => weights.ContainsKey(site.Weight))
                .GroupBy(site => site.Weight, StringComparer.Ordinal)
                .Where(same => index.Consumers(same.Key).Count == 1)
                .Select(same => same.First()),
        ];
        for (var i = 0; i < sites.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var site = sites[i];
            progress?.Report(new StageProgress(stage, i, sites.Length, site.Node.Label));
            var reached = walk.AdvanceTo(walk.Place(site.Node), cancellation);
            if (!reached.Succeeded)
            {
                return reached;
            }

            var tensor = index.Constant(site.Weight)!;
            if (tensor.Length <= LargestWeight && walk.IsSteady(site.Input)
                && site.Form.LayOut(walk.Value(0, site.Input).Shape, tensor.Shape, task.Trace.Shape(site.Node.Outputs[0])) is { } layout)
            {
                visit(new MaskingSite(site, weights[site.Weight], tensor, layout), walk);
            }

            LargeArrays.LetGo();
        }

        return walk;
    }
}
