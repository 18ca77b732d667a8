using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Worker;

namespace ModelSlim.Pipeline;

/// <summary>Finds out what a first recipe for a model can ask for.</summary>
/// <param name="reader">Reads the model.</param>
/// <param name="analysis">Analyses it.</param>
/// <param name="scoring">Scores channels.</param>
/// <param name="planning">Decides what would go.</param>
public sealed class RecipeStarter(OnnxReader reader, AnalysisStage analysis, ScoreStage scoring, PlanStage planning)
{
    private static readonly double[] Shares = [0.5, 0.6, 0.7, 0.8, 0.9];

    /// <summary>Tries half of the multiply-accumulates, then more of them.</summary>
    /// <param name="path">Path of the model.</param>
    /// <param name="recipe">Sizes for symbolic dimensions.</param>
    /// <param name="cancellation">Ends the run.</param>
    public Result<RecipeStart> Run(string path, Recipe recipe, CancellationToken cancellation) =>
        analysis.Run(reader, path, recipe, cancellation).Then<RecipeStart>(found =>
            new RecipeStart(
                ModelInspector.Describe(Path.GetFileName(path), found),
                found.Model.Graph,
                found.Dependencies.Groups.IsEmpty ? null : Reachable(found, recipe, cancellation)));

    private double? Reachable(ModelAnalysis found, Recipe recipe, CancellationToken cancellation)
    {
        var scores = scoring.Run(found, null, recipe with { Prune = recipe.Prune with { Criterion = Criterion.Magnitude } }, new TorchSource(), null, cancellation).Value!;
        foreach (var share in Shares)
        {
            cancellation.ThrowIfCancellationRequested();
            if (planning.Run(found, scores, recipe with { Target = new TargetSpec { Macs = share } }, cancellation).Succeeded)
            {
                return share;
            }
        }

        return null;
    }
}
