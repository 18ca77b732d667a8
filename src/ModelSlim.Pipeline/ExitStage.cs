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
/// <param name="search">Finds exits.</param>
/// <param name="timer">Times models on samples.</param>
/// <param name="proof">Checks the model that comes of it.</param>
/// <param name="catalog">What is known about operators.</param>
public sealed class ExitStage(ModelTracer tracer, ExitSearch search, SampleTimer timer, ExitProof proof, OperatorCatalog catalog)
{
    /// <summary>The drop that is allowed where the recipe says nothing.</summary>
    public const double UsualDrop = 0.005;

    private const int MostTimed = 3;
    private const int LastVersionWithInitializersAmongInputs = 3;
    private const long MostMoved = 1L << 30;

    // Exits that save most come first; a later one must be faster by more than chance.
    private const double SurelyFaster = 0.95;

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(8);

    /// <summary>Looks for an exit.</summary>
    /// <param name="from">The model.</param>
    /// <param name="original">What the drop is counted from; the same, where no other method was before.</param>
    /// <param name="recipe">The target, and the drop that is allowed.</param>
    /// <param name="samples">The samples to learn on.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>
    /// The model with the exit, or as it is, with the measurement in its report, where no exit pays. MSLIM5007 where samples cannot
    /// leave it; MSLIM7001 where it does not do what it must.
    /// </returns>
    public Result<ExitedModel> Run(
        ModelAnalysis from, ModelAnalysis original, Recipe recipe, SampleSet samples, IProgress<StageProgress> progress, CancellationToken cancellation) =>
        ExitSites.Of(from, recipe, catalog).Then(sites =>
        {
            var task = new ExitTask
            {
                Model = from.Model,
                Trace = from.Trace,
                Macs = from.Cost.Macs,
                Places = sites.Places,
                Samples = samples,
                Metric = MeasuredMetric.Of(recipe.Accept.Metric, samples),
                AllowedDrop = recipe.Accept.MaxDrop ?? UsualDrop,
                Original = recipe.Accept.MaxDrop is null || ReferenceEquals(from, original) ? null : (original.Model, original.Trace),
                Seed = recipe.Seed,
                Location = recipe.MethodLocation,
            };
            return search.Run(task, progress, cancellation).Then(found => found.Candidates.IsEmpty
                ? Refuse(from, recipe.Target.Latency!, !ReferenceEquals(from, original), found, string.Create(
                    CultureInfo.InvariantCulture,
                    $"of {found.HeldBack.Places.Count} samples held back, no head at any of {sites.Places.Length} places can surely keep {task.Metric.ToString().ToLowerInvariant()} within {100 * task.AllowedDrop:0.##} points{Lost(found)} and save work"), cancellation)
                : Choose(from, recipe.Target.Latency!, !ReferenceEquals(from, original), Report(found), found, cancellation));
        });

    /// <summary>Times of an original and another model in the words of a report.</summary>
    /// <param name="times">The times; the original is the first model.</param>
    /// <param name="slim">Place of the other model.</param>
    internal static ExitLatency LatencyOf(LatencyComparison times, int slim)
    {
        LatencySpread Spread(int model) => new(times.Models[model].MeanMs, times.Models[model].MedianMs, times.Models[model].P95Ms);
        return new ExitLatency(Spread(0), Spread(slim), times.Runs);
    }

    private static EarlyExitReport Report(FoundExits found) => new() { HeldBack = found.HeldBack.Places.Count, AllowedDrop = found.AllowedDrop };

    // No exit holds the drop. Whether one is needed depends on what other methods made of the model.
    private Result<ExitedModel> Refuse(
        ModelAnalysis from, TargetLimit target, bool isSlimmed, FoundExits found, string refusal, CancellationToken cancellation) =>
        !isSlimmed
            ? Without(from, Report(found), refusal, isFast: false)
            : timer.Measure([from.GivenModel, from.Model], from.Trace, found.HeldBack.Set, found.HeldBack.Places, Budget, cancellation).Then<ExitedModel>(times =>
                Without(from, Report(found), refusal, times.MeanOfWays(1, _ => true) <= target.Of(times.MeanOfWays(0, _ => true))));

    private static string Lost(FoundExits found) =>
        found.LostBefore > 0 ? string.Create(CultureInfo.InvariantCulture, $", of which methods before it took {100 * found.LostBefore:0.##},") : "";

    private Result<ExitedModel> Choose(
        ModelAnalysis from, TargetLimit target, bool isSlimmed, EarlyExitReport report, FoundExits found, CancellationToken cancellation)
    {
        ExitCandidate[] candidates = [.. found.Candidates.Take(MostTimed)];
        OnnxModel[] models = [.. candidates.Select(candidate => With(from, candidate.Exit))];
        OnnxModel[] others = isSlimmed ? [from.GivenModel, from.Model] : [from.GivenModel];
        var held = found.HeldBack.Places;
        return timer.Measure([.. others, .. models], from.Trace, found.HeldBack.Set, held, Budget, cancellation).Then(times =>
        {
            // Several samples at a time leave together or not at all.
            var batch = BatchedModelOpener.BatchOf(from.Model.Graph, from.Trace, found.HeldBack.Set);
            double[] means =
            [
                .. candidates.Select((candidate, i) => times.MeanOfWays(
                    i + others.Length, run => Enumerable.Range(run * batch, batch).All(sample => candidate.Scores.Confidence[sample % held.Count] > candidate.Exit.Threshold))),
            ];
            var original = times.MeanOfWays(0, _ => true);
            var slimmed = times.MeanOfWays(others.Length - 1, _ => true);
            var best = Array.FindIndex(means, mean => SurelyFaster * mean <= means.Min());
            var (place, threshold) = (candidates[best].Exit.Place, candidates[best].Threshold);
            report = report with
            {
                ExpectedDrop = threshold.Drop,
                DropBound = threshold.Bound,
                ExpectedRate = threshold.Rate,
                Expected = LatencyOf(times.Summary, best + others.Length),
            };
            return means[best] <= target.Of(original) && (!isSlimmed || means[best] < SurelyFaster * slimmed)
                ? Prove(from, models[best], candidates[best], found.HeldBack, report, cancellation)
                : Without(from, report, string.Create(
                    CultureInfo.InvariantCulture,
                    $"behind '{place.Value}' {100 * threshold.Rate:0.#}% of {held.Count} samples held back can leave, and the mean is then {means[best]:0.000} ms where the original takes {original:0.000} ms ({100 * means[best] / original:0.#}%){(isSlimmed ? string.Create(CultureInfo.InvariantCulture, $" and the network without it {slimmed:0.000} ms") : "")}; target.latency allows {target.Text("ms")}"), isSlimmed && slimmed <= target.Of(original));
        });
    }

    // Old files list what is stored among the inputs, which branches do not have; and a branch is never split into two files.
    private static OnnxModel With(ModelAnalysis from, EarlyExit exit) => from.Model.With(EarlyExitGraph.Of(
        from.Index,
        exit,
        from.Model.Source.IrVersion > LastVersionWithInitializersAmongInputs && from.Model.Graph.Initializers.Values.Sum(tensor => (long)tensor.Bytes.Length) <= MostMoved));

    private Result<ExitedModel> Prove(
        ModelAnalysis from, OnnxModel slim, ExitCandidate candidate, ExitSamples heldBack, EarlyExitReport report, CancellationToken cancellation)
    {
        var (exit, all) = (candidate.Exit, Math.Max(1, from.Cost.Macs));
        var sizes = from.Model.Graph.Inputs.ToDictionary(input => input.Name, input => from.Trace.Shape(input.Name));
        return tracer.Trace(slim, sizes, cancellation).Then(trace => proof.Run(slim, trace, candidate, heldBack, cancellation).Then<ExitedModel>(error => new ExitedModel(
            Uncut(from, new CutModel(
                slim,
                new ChannelCuts([]),
                trace,
                new ModelCost(candidate.Macs, from.Cost.Params + exit.Head.Params, new OnnxWriter().Size(slim)),
                error.Relative)),
            exit,
            report with
            {
                Place = exit.Place.Value,
                MacsBefore = (double)exit.Place.MacsBefore / all,
                Threshold = exit.Threshold,
                HeadParams = exit.Head.Params,
            })));
    }

    private static ExitedModel Without(ModelAnalysis from, EarlyExitReport report, string refusal, bool isFast) => new(
        Uncut(from, new CutModel(from.Uncut, new ChannelCuts([]), from.Trace, from.UncutCost, null)), null, report with { Refusal = refusal, IsFastWithout = isFast });

    private static ProvenCut Uncut(ModelAnalysis from, CutModel model) => new(
        from, new PruningPlan { Model = from.Digest, Before = from.Given, After = model.Cost, Cuts = [] }, model);
}
