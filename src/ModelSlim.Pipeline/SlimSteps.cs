using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Pipeline;

/// <summary>Carries out the methods of a recipe in order, each in as many steps as the recipe says, each step from what the one before it made.</summary>
/// <param name="analysis">Analyses what a step made.</param>
/// <param name="run">Takes a step.</param>
public sealed class SlimSteps(AnalysisStage analysis, StepRun run)
{
    /// <summary>Takes all steps.</summary>
    /// <param name="original">The original.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="plan">A plan to carry out in one step; null means make plans.</param>
    /// <param name="sets">Data sets.</param>
    /// <param name="clock">Notes the stages.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The last step of each method, in one.</returns>
    internal async Task<Result<SlimStep>> RunAsync(
        ModelAnalysis original,
        SlimRequest request,
        PruningPlan? plan,
        DataSets sets,
        StageClock clock,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        var said = new List<Diagnostic>();
        var from = original;
        SlimStep? last = null;
        var parts = RecipeParts.Of(request.Recipe);
        foreach (var part in parts)
        {
            if (last is not null)
            {
                var next = analysis.Run(from, last.Forms[^1].Model, part, cancellation);
                if (!next.Succeeded)
                {
                    return Result<SlimStep>.Failed([.. said, .. next.Diagnostics]);
                }

                from = next.Value;
            }

            var suffix = parts.Length > 1 ? $" ({part.Method.Word()})" : "";
            var made = await RunAsync(from, original, request with { Recipe = part }, plan, sets, clock, suffix, progress, cancellation).ConfigureAwait(false);
            said.AddRange(made.Diagnostics);
            if (!made.Succeeded)
            {
                return Result<SlimStep>.Failed(said);
            }

            last = made.Value.After(last);
        }

        return Result<SlimStep>.With(last!, said.Distinct());
    }

    // All steps of one method.
    private async Task<Result<SlimStep>> RunAsync(
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
        var said = new List<Diagnostic>();
        for (var step = 1; ; step++)
        {
            var steps = recipe.Prune.Steps;
            var asked = request with { Recipe = recipe with { Target = new StepTargets().Of(recipe.Target, step, steps, original.Given.Bytes) } };
            var made = await run.RunAsync(
                from, original, asked, plan, sets, clock, (step < steps ? $" {step} of {steps}" : "") + suffix, progress, cancellation).ConfigureAwait(false);
            said.AddRange(made.Diagnostics);
            if (!made.Succeeded)
            {
                return Result<SlimStep>.Failed(said);
            }

            if (step == steps)
            {
                return Result<SlimStep>.With(made.Value, said.Distinct());
            }

            var next = analysis.Run(from, made.Value.Forms[^1].Model, recipe, cancellation);
            if (!next.Succeeded)
            {
                return Result<SlimStep>.Failed([.. said, .. next.Diagnostics]);
            }

            from = next.Value;
        }
    }
}
