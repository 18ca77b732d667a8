using ModelSlim.Core.Axes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Importance;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;
using ModelSlim.Training.FineTuning;

namespace ModelSlim.Pipeline;

/// <summary>The stages of one step towards the target: train sparsely, decide and cut, repair, fine-tune; what the recipe asks for.</summary>
public sealed class StepRun(
    SparsifyStage sparsify, ScoreStage scoring, ProvenCutting planning, CutStage cutting, RepairStage repair, MaskStage masking, FineTuneStage fineTune)
{
    /// <summary>Takes a step.</summary>
    /// <param name="from">The model before it.</param>
    /// <param name="original">The original, which training is distilled from.</param>
    /// <param name="request">What is asked for, with the step's target.</param>
    /// <param name="plan">A plan to carry out; null means make one.</param>
    /// <param name="sets">Data sets.</param>
    /// <param name="clock">Notes the stages.</param>
    /// <param name="suffix">Behind the name of each stage; empty for the last step.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    internal async Task<Result<SlimStep>> RunAsync(
        ModelAnalysis from,
        ModelAnalysis original,
        SlimRequest request,
        PruningPlan? plan,
        DataSets sets,
        StageClock clock,
        string suffix,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        var recipe = request.Recipe;
        var forms = new List<ModelForm>();
        var said = new List<Diagnostic>();
        SparseModel? sparse = null;
        FineTuneReport? tuning = null;
        if (recipe.Method.TrainsFirst())
        {
            var trained = await clock.RunAsync("sparsify" + suffix, () => sparsify.RunAsync(from, original.Model, request, sets, progress, cancellation)).ConfigureAwait(false);
            if (!trained.Succeeded)
            {
                return Result<SlimStep>.Failed(trained.Diagnostics);
            }

            said.AddRange(trained.Diagnostics);
            (sparse, from) = (trained.Value, trained.Value.Analysis);
            forms.Add(new ModelForm("sparsify" + suffix, from.Model, from.Trace));
        }

        if (recipe.Method.MasksWeights())
        {
            return await MaskAsync(from, original, request, sets, clock, suffix, progress, cancellation).ConfigureAwait(false);
        }

        plan ??= sparse?.Plan;
        var scored = plan is not null ? null
            : sparse is not null ? Result<ImportanceScores>.With(sparse.Scores, [])
            : await clock.RunAsync("score" + suffix, () => scoring.Run(from, sets.Calibration, recipe, request.Torch, progress, cancellation)).ConfigureAwait(false);
        var cut = await clock.RunAsync("cut" + suffix, () => plan is not null
            ? cutting.Run(from, plan, cancellation).Then<ProvenCut>(made => new ProvenCut(from, plan, made))
            : scored!.Then(scores => planning.Run(from, scores, recipe, cancellation))).ConfigureAwait(false);
        if (!cut.Succeeded)
        {
            return Result<SlimStep>.Failed([.. said, .. cut.Diagnostics]);
        }

        said.AddRange(cut.Diagnostics);
        var slim = cut.Value.Cut;
        forms.Add(new ModelForm("cut" + suffix, slim.Model, slim.Trace));
        if (recipe.Repair == RepairMode.Auto && !slim.Cuts.IsEmpty)
        {
            var repaired = await clock.RunAsync(
                "repair" + suffix, () => repair.Run(cut.Value.Analysis, slim, [], sets.Calibration, recipe, progress, cancellation)).ConfigureAwait(false);
            if (!repaired.Succeeded)
            {
                return Result<SlimStep>.Failed([.. said, .. repaired.Diagnostics]);
            }

            said.AddRange(repaired.Diagnostics);
            forms.Add(new ModelForm("repair" + suffix, repaired.Value, slim.Trace));
        }

        if (recipe.FineTune is { Epochs: > 0 } && sets.Train is not null)
        {
            var tuned = await clock.RunAsync(
                "fine-tune" + suffix, () => fineTune.RunAsync(original, forms[^1].Model, request, [], progress, cancellation)).ConfigureAwait(false);
            if (!tuned.Succeeded)
            {
                return Result<SlimStep>.Failed(tuned.Diagnostics);
            }

            said.AddRange(tuned.Diagnostics);
            forms.Add(new ModelForm("fine-tune" + suffix, tuned.Value.Model, slim.Trace));
            tuning = Told(tuned.Value);
        }

        return Result<SlimStep>.With(new SlimStep(cut.Value, [.. forms], null, tuning), said);
    }

    // Single weights: nothing is cut, and the repair fits those that are left.
    private async Task<Result<SlimStep>> MaskAsync(
        ModelAnalysis from,
        ModelAnalysis original,
        SlimRequest request,
        DataSets sets,
        StageClock clock,
        string suffix,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        var recipe = request.Recipe;
        var masked = await clock.RunAsync("mask" + suffix, () => masking.Run(from, recipe)).ConfigureAwait(false);
        if (!masked.Succeeded)
        {
            return Result<SlimStep>.Failed(masked.Diagnostics);
        }

        var forms = new List<ModelForm> { new("mask" + suffix, from.Model.With(masked.Value.Graph), from.Trace) };
        var said = masked.Diagnostics.ToList();
        var uncut = new CutModel(forms[0].Model, new ChannelCuts([]), from.Trace, from.Cost, null);
        if (recipe.Repair == RepairMode.Auto)
        {
            var repaired = await clock.RunAsync(
                "repair" + suffix, () => repair.Run(from, uncut, [.. masked.Value.Masked], sets.Calibration, recipe, progress, cancellation)).ConfigureAwait(false);
            if (!repaired.Succeeded)
            {
                return Result<SlimStep>.Failed([.. said, .. repaired.Diagnostics]);
            }

            said.AddRange(repaired.Diagnostics);
            forms.Add(new ModelForm("repair" + suffix, repaired.Value, from.Trace));
        }

        FineTuneReport? tuning = null;
        if (recipe.FineTune is { Epochs: > 0 } && sets.Train is not null)
        {
            var tuned = await clock.RunAsync("fine-tune" + suffix, () => fineTune.RunAsync(
                original, forms[^1].Model, request, masked.Value.Masked, progress, cancellation)).ConfigureAwait(false);
            if (!tuned.Succeeded)
            {
                return Result<SlimStep>.Failed([.. said, .. tuned.Diagnostics]);
            }

            said.AddRange(tuned.Diagnostics);
            forms.Add(new ModelForm("fine-tune" + suffix, tuned.Value.Model, from.Trace));
            tuning = Told(tuned.Value);
        }

        var plan = new PruningPlan { Model = from.Digest, Before = from.Given, After = from.Cost, Cuts = [] };
        return masking.Prove(from, masked.Value, forms[^1].Model.Graph, recipe)
            .Then(_ => Result<SlimStep>.With(new SlimStep(new ProvenCut(from, plan, uncut), [.. forms], masked.Value, tuning), said));
    }

    private static FineTuneReport Told(TuningResult tuned) => new(
        tuned.Epochs.Length, tuned.Steps, tuned.Kept.Epoch, tuned.Kept.Averaged, tuned.Kept.HeldOut, tuned.Kept.Score);
}
