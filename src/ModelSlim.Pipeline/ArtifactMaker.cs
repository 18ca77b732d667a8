using ModelSlim.Core.Costs;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Reports;
using ModelSlim.Evaluation.Exits;

namespace ModelSlim.Pipeline;

/// <summary>Makes a slim model from a model and a recipe: the order of the stages, and nothing else.</summary>
public sealed class ArtifactMaker(
    AnalysisStage analysis,
    LosslessStage lossless,
    DataStage data,
    SlimSteps steps,
    MeasureStage measuring,
    PrecisionStage precision,
    StorageStage storage,
    ExitRateMeter exitRates,
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
        if (opened.Misfit(recipe, found.Value) is { } misfit)
        {
            return misfit;
        }

        var fits = await Task.Run(() => precision.Try(found.Value, recipe, cancellation), cancellation).ConfigureAwait(false);
        if (!fits.Succeeded)
        {
            return Result<MadeArtifact>.Failed(fits.Diagnostics);
        }

        var start = await clock.RunAsync("lossless", () => lossless.Run(found.Value, recipe, cancellation)).ConfigureAwait(false);
        if (!start.Succeeded)
        {
            return Result<MadeArtifact>.Failed(start.Diagnostics);
        }

        var origin = start.Value.Analysis;
        var made = await steps.RunAsync(new StepTask(origin, origin, request, plan, opened, clock, "", progress), cancellation).ConfigureAwait(false);
        if (!made.Succeeded)
        {
            return Result<MadeArtifact>.Failed(made.Diagnostics);
        }

        var inHalf = PrecisionStage.IsAsked(recipe, origin);
        var stored = inHalf
            ? await clock.RunAsync(PrecisionStage.Name, () => precision.Run(made.Value.Forms[^1], recipe, origin, cancellation)).ConfigureAwait(false)
            : made.Value.Forms[^1];
        if (!stored.Succeeded)
        {
            return Result<MadeArtifact>.Failed(stored.Diagnostics);
        }

        var step = made.Value with { Forms = [.. made.Value.Forms, .. inHalf ? [stored.Value] : Array.Empty<ModelForm>()] };
        var forms = step.Forms;
        var samples = MeasuringSamples.Of(opened, origin, recipe);
        var measured = await clock.RunAsync("measure", () => measuring.Run(
            found.Value, forms, samples?.Set, progress, cancellation)).ConfigureAwait(false);
        Diagnostic[] said =
        [
            .. sets.Diagnostics, .. start.Diagnostics, .. made.Diagnostics, .. samples?.Caution is { } caution ? [caution] : Array.Empty<Diagnostic>(), .. measured.Diagnostics,
        ];
        var final = storage.Run(forms[^1].Model, recipe);
        return measured.Succeeded
            ? Result<MadeArtifact>.With(
                new MadeArtifact(
                    ModelContent.Of(final, writer),
                    Describe(step, final, request, measured.Value, samples, clock) with
                    {
                        Lossless = start.Value.Removals,
                        FineTune = step.Tuning,
                        Sparsity = Sparsity(made.Value, found.Value, final),
                        EarlyExit = EarlyExit(step, measured.Value, samples, cancellation),
                    }),
                said.Distinct())
            : Result<MadeArtifact>.Failed(said);
    }

    private SparsityReport? Sparsity(SlimStep step, ModelAnalysis original, OnnxModel final)
    {
        if (step.Masked is not { } masked)
        {
            return null;
        }

        var packed = new PackedSize(writer);
        return ZeroCensus.Report(masked, step.Forms[^1].Model) with
        {
            Sparse = final.StoresSparse,
            PackedBefore = packed.Of(original.GivenModel),
            PackedAfter = packed.Of(final),
        };
    }

    private EarlyExitReport? EarlyExit(SlimStep step, Measurement measured, MeasuringSamples? samples, CancellationToken cancellation)
    {
        if (step.Exited is not { Exit: { } exit } exited || samples is null)
        {
            return step.Exited?.Report;
        }

        var from = exited.Cut.Analysis;
        return exited.Report with
        {
            MeasuredRate = exitRates.Run(from.Model, from.Trace, exit, samples.Set, cancellation).Value?.Share,
            Measured = measured.Latency is { } times ? ExitStage.LatencyOf(times, 1) : null,
        };
    }

    private SlimReport Describe(
        SlimStep step,
        OnnxModel final,
        SlimRequest request,
        Measurement measured,
        MeasuringSamples? samples,
        StageClock clock)
    {
        var (found, cut) = (step.Cut.Analysis, step.Cut.Cut);
        var slim = ModelReport.Of(cut.Cost with { Bytes = writer.Size(final) }, found);
        var metric = MeasuredMetric.Of(request.Recipe.Accept.Metric, samples?.Set);
        var last = measured.Forms.LastOrDefault();
        return new SlimReport
        {
            Model = Path.GetFileName(request.ModelPath),
            Before = ModelReport.Of(found.Given, found) with { LatencyMs = measured.Latency?.Milliseconds(0), Metric = last?.Of(metric)?.Original },
            After = slim with
            {
                MacsBasis = step.Exited?.Exit is null ? slim.MacsBasis : MacsBasis.Mean,
                LatencyMs = measured.Latency?.Milliseconds(1),
                Metric = last?.Of(metric)?.Slim,
            },
            Stages =
            [
                .. clock.Stages.Select(stage => step.Forms.Select(form => form.Stage).ToList().IndexOf(stage.Name) is >= 0 and var form
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
