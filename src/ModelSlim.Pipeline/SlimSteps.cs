using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Pruning;

namespace ModelSlim.Pipeline;

/// <summary>Goes to the target in as many steps as the recipe says, each from what the one before it made.</summary>
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
    /// <returns>The last step.</returns>
    internal async Task<Result<SlimStep>> RunAsync(
        ModelAnalysis original,
        SlimRequest request,
        PruningPlan? plan,
        DataSets sets,
        StageClock clock,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        var recipe = request.Recipe;
        var said = new List<Diagnostic>();
        var from = original;
        for (var step = 1; ; step++)
        {
            var steps = recipe.Prune.Steps;
            var asked = request with { Recipe = recipe with { Target = new StepTargets().Of(recipe.Target, step, steps, original.Given.Bytes) } };
            var suffix = step < steps ? $" {step} of {steps}" : "";
            var made = await run.RunAsync(from, original, asked, plan, sets, clock, suffix, progress, cancellation).ConfigureAwait(false);
            if (!made.Succeeded)
            {
                return Result<SlimStep>.Failed([.. said, .. made.Diagnostics]);
            }

            said.AddRange(made.Diagnostics);
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
