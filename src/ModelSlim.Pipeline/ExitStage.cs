using System.Collections.Immutable;
using System.Globalization;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Costs;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Exits;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;
using ModelSlim.Evaluation.Exits;
using ModelSlim.Evaluation.Metrics;
using ModelSlim.Evaluation.Tracing;

namespace ModelSlim.Pipeline;

/// <summary>Gives a classifier an early exit where one pays, and proves it.</summary>
/// <param name="tracer">Finds shapes.</param>
/// <param name="reader">Runs the model on samples.</param>
/// <param name="search">Fits heads and chooses thresholds.</param>
/// <param name="timer">Times models on samples.</param>
/// <param name="proof">Checks the model that comes of it.</param>
/// <param name="catalog">What is known about operators.</param>
public sealed class ExitStage(
    ModelTracer tracer, ExitSampleReader reader, ExitSearch search, SampleTimer timer, ExitProof proof, OperatorCatalog catalog)
{
    /// <summary>The drop that is allowed where the recipe says nothing.</summary>
    public const double UsualDrop = 0.005;

    private const int MostTimed = 6;
    private const int LastVersionWithInitializersAmongInputs = 3;
    private const long MostMoved = 1L << 30;

    // Places that save most come first; a later one must be faster by more than chance.
    private const double SurelyFaster = 0.97;

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(6);

    /// <summary>Looks for an exit.</summary>
    /// <param name="from">The model.</param>
    /// <param name="recipe">The target, and the drop that is allowed.</param>
    /// <param name="set">The samples.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>
    /// The model with the exit, or as it is, with the measurement in its report, where no exit pays. MSLIM5007 where samples cannot
    /// leave it; MSLIM7001 where it does not do what it must.
    /// </returns>
    public Result<ExitedModel> Run(
        ModelAnalysis from, Recipe recipe, SampleSet set, IProgress<StageProgress> progress, CancellationToken cancellation) =>
        ExitSites.Of(from, recipe, catalog).Then(sites =>
            reader.Read(from.Model, from.Trace, sites.Places, set, recipe.Seed, progress, cancellation).Then(samples =>
            {
                var fitted = ExitSearch.Fitted(samples.Places.Count);
                var heldBack = samples.Part(fitted, samples.Places.Count - fitted);
                var allowed = recipe.Accept.MaxDrop ?? UsualDrop;
                if (ClassScores.Of(samples.Outputs) is null)
                {
                    return DiagnosticCodes.ExitUnsupported.At(
                        recipe.MethodLocation, "samples cannot leave the model early: its output holds no scores of which one class is the right one; use method: channels");
                }

                var metric = MeasuredMetric.Of(recipe.Accept.Metric, set);
                var found = search.Run(sites.Places, samples.Part(0, fitted), heldBack, metric, allowed, from.Cost.Macs, progress, cancellation);
                var report = new EarlyExitReport { HeldBack = heldBack.Places.Count, AllowedDrop = allowed };
                return found.IsEmpty
                    ? Without(from, report, string.Create(
                        CultureInfo.InvariantCulture,
                        $"on the {heldBack.Places.Count} samples held back, no head at {sites.Places.Length} places is sure enough of any to keep {metric.ToString().ToLowerInvariant()} within {100 * allowed:0.##} points"))
                    : Choose(from, recipe, [.. found.Take(MostTimed)], heldBack, report, cancellation);
            }));

    private Result<ExitedModel> Choose(
        ModelAnalysis from, Recipe recipe, ImmutableArray<ExitCandidate> found, ExitSamples heldBack, EarlyExitReport report, CancellationToken cancellation)
    {
        OnnxModel[] models = [.. found.Select(candidate => With(from, candidate.Exit))];
        return timer.Measure([from.GivenModel, .. models], from.Trace, heldBack.Set, heldBack.Places, Budget, cancellation).Then(times =>
        {
            var original = times.Milliseconds(0);
            var fastest = Enumerable.Range(0, found.Length).Min(i => times.Milliseconds(i + 1));
            var best = Enumerable.Range(0, found.Length).First(i => SurelyFaster * times.Milliseconds(i + 1) <= fastest);
            var candidate = found[best];
            report = report with
            {
                Place = candidate.Exit.Place.Value,
                MacsBefore = (double)candidate.Exit.Place.MacsBefore / Math.Max(1, from.Cost.Macs),
                Threshold = candidate.Exit.Threshold,
                HeadParams = candidate.Exit.Head.Params,
                ExpectedDrop = candidate.Threshold.Drop,
                DropBound = candidate.Threshold.Bound,
                ExpectedRate = candidate.Threshold.Rate,
                Expected = LatencyOf(times, best + 1),
            };
            return times.Milliseconds(best + 1) <= recipe.Target.Latency!.Of(original)
                ? Prove(from, models[best], candidate, heldBack, report, cancellation)
                : Without(from, report with { Place = null }, string.Create(
                    CultureInfo.InvariantCulture,
                    $"behind '{candidate.Exit.Place.Value}' {100 * candidate.Threshold.Rate:0.#}% of the samples held back can leave, and the mean over them is then {times.Milliseconds(best + 1):0.000} ms where the original takes {original:0.000} ms ({100 * times.Milliseconds(best + 1) / original:0.#}%); target.latency allows {recipe.Target.Latency.Text("ms")}"));
        });
    }

    /// <summary>Times of an original and another model in the words of a report.</summary>
    internal static ExitLatency LatencyOf(LatencyComparison times, int slim)
    {
        LatencySpread Spread(int model) => new(times.Models[model].MeanMs, times.Models[model].MedianMs, times.Models[model].P95Ms);
        return new ExitLatency(Spread(0), Spread(slim), times.Runs);
    }

    // Old files list what is stored among the inputs, which branches do not have; and a branch is never split into two files.
    private static OnnxModel With(ModelAnalysis from, EarlyExit exit) => from.Model.With(EarlyExitGraph.Of(
        from.Index,
        exit,
        from.Model.Source.IrVersion > LastVersionWithInitializersAmongInputs && from.Model.Graph.Initializers.Values.Sum(tensor => (long)tensor.Bytes.Length) <= MostMoved));

    private Result<ExitedModel> Prove(
        ModelAnalysis from, OnnxModel slim, ExitCandidate candidate, ExitSamples heldBack, EarlyExitReport report, CancellationToken cancellation)
    {
        var sizes = from.Model.Graph.Inputs.ToDictionary(input => input.Name, input => from.Trace.Shape(input.Name));
        return tracer.Trace(slim, sizes, cancellation).Then(trace => proof.Run(slim, trace, candidate, heldBack, cancellation).Then<ExitedModel>(error =>
        {
            var cost = new ModelCost(candidate.Macs, from.Cost.Params + candidate.Exit.Head.Params, new OnnxWriter().Size(slim));
            return new ExitedModel(Uncut(from, new CutModel(slim, new ChannelCuts([]), trace, cost, error.Relative)), candidate.Exit, report);
        }));
    }

    private static ExitedModel Without(ModelAnalysis from, EarlyExitReport report, string refusal) => new(
        Uncut(from, new CutModel(from.Uncut, new ChannelCuts([]), from.Trace, from.UncutCost, null)), null, report with { Refusal = refusal });

    private static ProvenCut Uncut(ModelAnalysis from, CutModel model) => new(
        from, new PruningPlan { Model = from.Digest, Before = from.Given, After = model.Cost, Cuts = [] }, model);
}
