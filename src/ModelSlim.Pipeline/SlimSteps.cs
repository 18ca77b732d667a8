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
    /// <param name="task">The first step, with the target of all.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The last step of each method, in one.</returns>
    internal async Task<Result<SlimStep>> RunAsync(StepTask task, CancellationToken cancellation)
    {
        var said = new List<Diagnostic>();
        var from = task.From;
        SlimStep? last = null;
        var parts = RecipeParts.Of(task.Request.Recipe);
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
            var made = await OfOneAsync(task with { From = from, Request = task.Request with { Recipe = part }, Suffix = suffix }, cancellation).ConfigureAwait(false);
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
    private async Task<Result<SlimStep>> OfOneAsync(StepTask task, CancellationToken cancellation)
    {
        var recipe = task.Request.Recipe;
        var said = new List<Diagnostic>();
        var from = task.From;
        for (var step = 1; ; step++)
        {
            var steps = recipe.Prune.Steps;
            var target = new StepTargets().Of(recipe.Target, step, steps, task.Original.Given.Bytes);
            var made = await run.RunAsync(
                task with
                {
                    From = from,
                    Request = task.Request with { Recipe = recipe with { Target = target } },
                    Suffix = (step < steps ? $" {step} of {steps}" : "") + task.Suffix,
                },
                cancellation).ConfigureAwait(false);
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
