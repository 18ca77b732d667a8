using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Calibration;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Evaluation.Repair;

/// <summary>
/// Repairs a slim model without labels: front to back, each layer is fitted by least squares on what the repaired layers before
/// it give, so that the value behind it is what it was in the original (He, Zhang, Sun 2017, "Channel pruning for accelerating
/// very deep neural networks"; at the end of a residual block the value behind it is the sum). Shapes and the number of
/// parameters stay. The same input gives the same bytes, whatever the number of threads.
/// </summary>
public sealed class SequentialLeastSquares
{
    private readonly SessionFactory sessions;
    private readonly RepairSettings settings;

    /// <summary>Makes a repair.</summary>
    public SequentialLeastSquares(SessionFactory sessions, RepairSettings settings)
    {
        this.sessions = sessions;
        this.settings = settings;
    }

    /// <summary>Repairs a model.</summary>
    /// <param name="task">The slim model and what it was cut from.</param>
    /// <param name="progress">Is told how many layers are done.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>
    /// The outcome, with a warning <see cref="DiagnosticCodes.RepairSkipped"/> where the model had to be left as it was; or
    /// MSLIM404x where a model does not run.
    /// </returns>
    public Result<RepairOutcome> Repair(RepairTask task, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        if (task.Calibration.Count < CalibrationReader.FewestSamples)
        {
            return LeftAsItWas(task,
            [
                DiagnosticCodes.RepairSkipped.Says(
                    $"there are {task.Calibration.Count} calibration samples, too few to repair from; give at least {CalibrationReader.FewestSamples}"),
            ]);
        }

        return new CalibratedModels(sessions, settings).Open(task, cancellation)
            .Then(models => Fit(task, models, progress, cancellation));
    }

    private Result<RepairOutcome> Fit(
        RepairTask task, CalibratedModels.Pair models, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        var chunks = models.Batches.Chunks;
        if (models.Batches.FittedChunks < 1)
        {
            return LeftAsItWas(task,
            [
                DiagnosticCodes.RepairSkipped.Says(
                    $"there are {task.Calibration.Count} calibration samples, fewer than two batches of the size that the model takes; give more"),
            ]);
        }

        var original = new GraphWalk(sessions, models.Original, chunks, settings.Threads);
        var slim = new GraphWalk(sessions, models.Slim, chunks, settings.Threads);
        var sites = new FitSiteFinder(models.Slim.Graph, task.SlimTrace).Find().ToArray();
        Array.ForEach(sites, site => site.Needed.ToList().ForEach(original.Pin));
        var layers = new LayerTasks(task, original, slim, models.Batches.FittedChunks);
        var fit = new SiteFit(new ProductKernel(settings.Threads), settings.Seed);
        var index = new GraphIndex(task.Slim.Graph);
        var constants = new SortedDictionary<string, TensorData>(StringComparer.Ordinal);
        var steps = ImmutableArray.CreateBuilder<RepairStep>(sites.Length);
        foreach (var site in sites)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new StageProgress("repair", Array.IndexOf(sites, site), sites.Length, site.Node.Label));
            var reached = slim.AdvanceTo(slim.Place(site.Node), cancellation)
                .Then(_ => original.AdvanceTo(site.Needed.Max(original.Place) + 1, cancellation));
            if (!reached.Succeeded)
            {
                return LeftAsItWas(task, reached.Diagnostics);
            }

            if (layers.For(site) is { } layer)
            {
                var change = fit.Fit(layer);
                if (change.ErrorAfter < change.ErrorBefore)
                {
                    foreach (var (name, tensor) in site.Changed(index, change.Weights, change.Intercept))
                    {
                        constants[name] = tensor;
                        slim.Replace(name, tensor);
                    }
                }

                steps.Add(new RepairStep(site.Node.Label, change.ErrorBefore, Math.Min(change.ErrorBefore, change.ErrorAfter)));
            }

            site.Needed.ToList().ForEach(original.Release);
            LargeArrays.LetGo();
        }

        var judged = Judge(models, original, slim, cancellation);
        return judged.Succeeded
            ? Decide(task, models.Batches.Samples, steps.ToImmutable(), constants, judged.Value)
            : LeftAsItWas(task, judged.Diagnostics);
    }

    // Both models run as a whole, so one that does not run in pieces is no failure of the models.
    private static Result<RepairOutcome> LeftAsItWas(RepairTask task, IEnumerable<Diagnostic> reasons) => Result<RepairOutcome>.With(
        new RepairOutcome(task.Slim, [], 0, 0, 0),
        [.. reasons.Take(1).Select(reason => DiagnosticCodes.RepairSkipped.Says(reason.Message))]);

    private static Result<RepairOutcome> Decide(
        RepairTask task,
        int samples,
        ImmutableArray<RepairStep> steps,
        SortedDictionary<string, TensorData> constants,
        OutputErrors errors)
    {
        if (constants.Count == 0 || errors.After < errors.Before)
        {
            return new RepairOutcome(task.Slim.With(task.Slim.Graph.WithConstants(constants)), steps, samples, errors.Before, errors.After);
        }

        return Result<RepairOutcome>.With(
            new RepairOutcome(task.Slim, [], samples, errors.Before, errors.Before),
            [
                DiagnosticCodes.RepairSkipped.Says(
                    "the fitted weights do not bring the outputs nearer to the original's, so the weights stay as cutting left them"),
            ]);
    }

    private Result<OutputErrors> Judge(CalibratedModels.Pair models, GraphWalk original, GraphWalk slim, CancellationToken cancellation)
    {
        var heldBack = models.Batches.Chunks[models.Batches.FittedChunks..];
        var cut = new GraphWalk(sessions, models.Slim, heldBack, settings.Threads);
        return original.AdvanceTo(original.End, cancellation)
            .Then(_ => slim.AdvanceTo(slim.End, cancellation))
            .Then(_ => cut.AdvanceTo(cut.End, cancellation))
            .Then<OutputErrors>(_ => OutputErrors.Of(original, slim, cut, models.Batches.FittedChunks));
    }
}
