using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;

namespace ModelSlim.Pipeline;

/// <summary>Makes a slim model from a model and a recipe: the order of the stages, and nothing else.</summary>
public sealed class ArtifactMaker(
    AnalysisStage analysis,
    LosslessStage lossless,
    DataStage data,
    ScoreStage scoring,
    ProvenCutting planning,
    CutStage cutting,
    RepairStage repair,
    FineTuneStage fineTune,
    MeasureStage measuring,
    OnnxWriter writer,
    TimeProvider time)
{
    /// <summary>Makes it.</summary>
    /// <param name="model">The original.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="plan">A plan to carry out; null means make one.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Result<MadeArtifact>> RunAsync(
        OnnxModel model, SlimRequest request, PruningPlan? plan, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        var recipe = request.Recipe;
        var clock = new StageClock(time, progress);
        var found = await clock.RunAsync("analyse", () => analysis.Run(model, recipe, cancellation)).ConfigureAwait(false);
        var sets = found.Then(value => data.Run(value, recipe.Data));
        if (!found.Succeeded || !sets.Succeeded)
        {
            return Result<MadeArtifact>.Failed(sets.Diagnostics);
        }

        using var opened = sets.Value;
        if (recipe.Accept is { MaxDrop: not null, Metric: Metric.Accuracy or Metric.Top5 } && opened.Eval is { HasLabels: false })
        {
            return DiagnosticCodes.RecipeDataNeeded.At(
                recipe.Data.Eval!.Location, "data.eval has no labels; add class folders or labels, or use metric: agreement");
        }

        var start = await clock.RunAsync("lossless", () => lossless.Run(found.Value, recipe, cancellation)).ConfigureAwait(false);
        if (!start.Succeeded)
        {
            return Result<MadeArtifact>.Failed(start.Diagnostics);
        }

        var from = start.Value.Analysis;
        var scored = plan is not null
            ? null
            : await clock.RunAsync("score", () => scoring.Run(from, opened.Calibration, recipe, progress, cancellation)).ConfigureAwait(false);
        var cut = await clock.RunAsync("cut", () => plan is null
            ? scored!.Then(scores => planning.Run(from, scores, recipe, cancellation))
            : cutting.Run(from, plan, cancellation).Then<ProvenCut>(made => new ProvenCut(from, plan, made))).ConfigureAwait(false);
        if (!cut.Succeeded)
        {
            return Result<MadeArtifact>.Failed(cut.Diagnostics);
        }

        var finished = await FinishAsync(found.Value, cut.Value.Analysis, cut.Value.Cut, opened, request, clock, progress, cancellation).ConfigureAwait(false);
        return finished.Succeeded
            ? Result<MadeArtifact>.With(
                finished.Value with { Report = finished.Value.Report with { Lossless = start.Value.Removals } },
                sets.Diagnostics.Concat(start.Diagnostics).Concat(cut.Diagnostics).Concat(finished.Diagnostics).Distinct())
            : Result<MadeArtifact>.Failed([.. cut.Diagnostics, .. finished.Diagnostics]);
    }

    private async Task<Result<MadeArtifact>> FinishAsync(
        ModelAnalysis given,
        ModelAnalysis found,
        CutModel cut,
        DataSets sets,
        SlimRequest request,
        StageClock clock,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        var recipe = request.Recipe;
        var forms = new List<(string Stage, OnnxModel Model)> { ("cut", cut.Model) };
        var said = new List<Diagnostic>();
        FineTuneReport? tuning = null;
        if (recipe.Repair == RepairMode.Auto && !cut.Cuts.IsEmpty)
        {
            var repaired = await clock.RunAsync("repair", () => repair.Run(found, cut, sets.Calibration, recipe, progress, cancellation)).ConfigureAwait(false);
            if (!repaired.Succeeded)
            {
                return Result<MadeArtifact>.Failed(repaired.Diagnostics);
            }

            said.AddRange(repaired.Diagnostics);
            forms.Add(("repair", repaired.Value));
        }

        if (recipe.FineTune is { Epochs: > 0 } && sets.Train is not null)
        {
            var tuned = await clock.RunAsync("fine-tune", () => fineTune.RunAsync(found, forms[^1].Model, request, progress, cancellation)).ConfigureAwait(false);
            if (!tuned.Succeeded)
            {
                return Result<MadeArtifact>.Failed(tuned.Diagnostics);
            }

            said.AddRange(tuned.Diagnostics);
            forms.Add(("fine-tune", tuned.Value.Model));
            var kept = tuned.Value.Kept;
            tuning = new FineTuneReport(tuned.Value.Epochs.Length, kept.Epoch, kept.Averaged, kept.HeldOut, kept.Score);
        }

        var samples = MeasuringSamples.Of(sets, found, recipe);
        said.AddRange(samples?.Caution is { } caution ? [caution] : []);
        var measured = await clock.RunAsync("measure", () => measuring.Run(
            given, [.. forms.Select(form => form.Model)], cut.Trace, samples?.Set, progress, cancellation)).ConfigureAwait(false);
        return measured.Succeeded
            ? Result<MadeArtifact>.With(
                new MadeArtifact(ModelContent.Of(forms[^1].Model, writer), Describe(found, cut, request, forms, measured.Value, samples, clock) with { FineTune = tuning }),
                [.. said, .. measured.Diagnostics])
            : Result<MadeArtifact>.Failed([.. said, .. measured.Diagnostics]);
    }

    private static SlimReport Describe(
        ModelAnalysis found,
        CutModel cut,
        SlimRequest request,
        List<(string Stage, OnnxModel Model)> forms,
        Measurement measured,
        MeasuringSamples? samples,
        StageClock clock)
    {
        var metric = MeasuredMetric.Of(request.Recipe.Accept.Metric, samples?.Set);
        var last = measured.Forms.LastOrDefault();
        return new SlimReport
        {
            Model = Path.GetFileName(request.ModelPath),
            Before = ModelReport.Of(found.Given) with { LatencyMs = measured.Latency?.Models[0].MedianMs, Metric = last?.Of(metric)?.Original },
            After = ModelReport.Of(cut.Cost) with { LatencyMs = measured.Latency?.Models[1].MedianMs, Metric = last?.Of(metric)?.Slim },
            Stages =
            [
                .. clock.Stages.Select(stage => forms.FindIndex(form => form.Stage == stage.Name) is >= 0 and var form
                    ? stage with { Metric = measured.Forms.ElementAtOrDefault(form)?.Of(metric)?.Slim }
                    : stage),
            ],
            Refusals = ModelInspector.Frozen(found.Dependencies),
            Verification = new VerificationReport
            {
                MaxError = cut.MaskedError,
                Agreement = last?.Agreement,
                MetricName = last is null ? null : metric.ToString().ToLowerInvariant(),
                Samples = last is null ? null : samples?.Origin,
                Drop = last?.Drop(metric),
                Speedup = measured.Latency?.Speedup,
                Passed = true,
            },
        };
    }
}
