using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Importance;
using ModelSlim.Core.Masking;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;

namespace ModelSlim.Pipeline;

/// <summary>The stages of one step towards the target: train sparsely, decide and cut, repair, fine-tune; what the recipe asks for.</summary>
public sealed class StepRun(
    SparsifyStage sparsify, ScoreStage scoring, ProvenCutting planning, CutStage cutting, RepairStage repair, MaskStage masking, FineTuneStage fineTune, ExitStage exits)
{
    /// <summary>Takes a step.</summary>
    /// <param name="task">The step.</param>
    /// <param name="cancellation">Ends it.</param>
    internal async Task<Result<SlimStep>> RunAsync(StepTask task, CancellationToken cancellation)
    {
        var (from, original, request, _, sets, clock, suffix, progress) = task;
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

        if (recipe.Method.ExitsEarly())
        {
            var exited = await clock.RunAsync(
                "exit" + suffix, () => exits.Run(from, original, recipe, (sets.Train ?? sets.Calibration)!, progress, cancellation)).ConfigureAwait(false);
            return exited.Then<SlimStep>(made => new SlimStep(
                made.Cut, [new ModelForm("exit" + suffix, made.Cut.Cut.Model, made.Cut.Cut.Trace)], null, null, made));
        }

        var trains = recipe.FineTune is { Epochs: > 0 } && sets.Train is not null;
        var shrunk = recipe.Method.MasksWeights()
            ? await clock.RunAsync("mask" + suffix, () => masking.Run(from, trains, sets.Calibration, recipe, progress, cancellation)).ConfigureAwait(false)
            : await CutAsync(task with { From = from, Plan = task.Plan ?? sparse?.Plan }, sparse?.Scores, cancellation).ConfigureAwait(false);
        if (!shrunk.Succeeded)
        {
            return Result<SlimStep>.Failed([.. said, .. shrunk.Diagnostics]);
        }

        said.AddRange(shrunk.Diagnostics);
        var (cut, masked) = shrunk.Value;
        var slim = cut.Cut;
        ImmutableArray<string> names = [.. masked?.Masked.Select(weight => weight.Name) ?? []];
        forms.Add(new ModelForm((masked is null ? "cut" : "mask") + suffix, slim.Model, slim.Trace));
        if ((trains || recipe.Repair == RepairMode.Auto) && new ComparedOutputs(cut.Analysis).NotHealed(slim.Model) is { } unhealed)
        {
            said.Add(unhealed);
        }

        if (recipe.Repair == RepairMode.Auto && (masked is not null || !slim.Cuts.IsEmpty))
        {
            var repaired = await clock.RunAsync(
                "repair" + suffix, () => repair.Run(cut.Analysis, slim, [.. names], sets.Calibration, recipe, progress, cancellation)).ConfigureAwait(false);
            if (!repaired.Succeeded)
            {
                return Result<SlimStep>.Failed([.. said, .. repaired.Diagnostics]);
            }

            said.AddRange(repaired.Diagnostics);
            forms.Add(new ModelForm("repair" + suffix, repaired.Value, slim.Trace));
        }

        if (trains)
        {
            var growth = masked is null ? null : masking.Growth(recipe, trains, masked);
            var tuned = await clock.RunAsync(
                "fine-tune" + suffix, () => fineTune.RunAsync(original, forms[^1].Model, request, names, growth, progress, cancellation)).ConfigureAwait(false);
            if (!tuned.Succeeded)
            {
                return Result<SlimStep>.Failed(tuned.Diagnostics);
            }

            said.AddRange(tuned.Diagnostics);
            forms.Add(new ModelForm("fine-tune" + suffix, tuned.Value.Model, slim.Trace));
            masked = growth is null ? masked : masked! with { Target = recipe.Target.Sparsity! };
            var kept = tuned.Value.Kept;
            tuning = new FineTuneReport(tuned.Value.Epochs.Length, tuned.Value.Steps, kept.Epoch, kept.Averaged, kept.HeldOut, kept.Score);
        }

        if (masked is not null)
        {
            forms[^1] = forms[^1] with { Model = forms[^1].Model.With(PlainZeros.In(forms[^1].Model.Graph, names.ToHashSet(StringComparer.Ordinal))) };
        }

        var step = Result<SlimStep>.With(new SlimStep(cut, [.. forms], masked, tuning), said);
        return masked is null ? step : masking.Prove(masked, forms[^1].Model.Graph).Then(_ => step);
    }

    // Scores where nobody has decided yet, and cuts.
    private async Task<Result<ShrunkModel>> CutAsync(StepTask task, ImportanceScores? strengths, CancellationToken cancellation)
    {
        var (from, plan, recipe) = (task.From, task.Plan, task.Request.Recipe);
        var scored = plan is not null ? null
            : strengths is not null ? Result<ImportanceScores>.With(strengths, [])
            : await task.Clock.RunAsync(
                "score" + task.Suffix,
                () => scoring.Run(from, task.Sets.Calibration, recipe, task.Request.Torch, task.Progress, cancellation)).ConfigureAwait(false);
        var cut = await task.Clock.RunAsync("cut" + task.Suffix, () => plan is not null
            ? cutting.Run(from, plan, cancellation).Then<ProvenCut>(made => new ProvenCut(from, plan, made))
            : scored!.Then(scores => planning.Run(from, scores, recipe, cancellation))).ConfigureAwait(false);
        return cut.Then<ShrunkModel>(made => new ShrunkModel(made));
    }
}
