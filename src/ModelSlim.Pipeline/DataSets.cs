using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.FineTuning;

namespace ModelSlim.Pipeline;

/// <summary>The data sets of a recipe, open.</summary>
/// <param name="Calibration">Unlabelled samples for statistics: the recipe's, else the training samples, else null.</param>
/// <param name="Train">Training samples, or null.</param>
/// <param name="Eval">Samples that the gates are judged on, or null.</param>
public sealed record DataSets(SampleSet? Calibration, SampleSet? Train, SampleSet? Eval) : IDisposable
{
    /// <summary>What a recipe wants of the samples and they cannot give; null where they can.</summary>
    public Diagnostic? Misfit(Recipe recipe) => recipe switch
    {
        { Accept: { MaxDrop: not null, Metric: Metric.Accuracy or Metric.Top5 } } when Eval is { HasLabels: false } =>
            DiagnosticCodes.RecipeDataNeeded.At(
                recipe.Data.Eval!.Location, "data.eval has no labels; add class folders or labels, or use metric: agreement"),
        { FineTune: { Distill: null } } when Train is { HasLabels: false } =>
            DiagnosticCodes.RecipeDataNeeded.At(
                recipe.Data.Train!.Location, "data.train has no labels; add class folders or labels, or finetune.distill, which needs none"),
        { Prune.Criterion: Criterion.Taylor } when Train is { HasLabels: false } =>
            DiagnosticCodes.RecipeDataNeeded.At(
                recipe.Data.Train!.Location, "data.train has no labels; add class folders or labels, or use criterion: fisher, which needs none"),
        _ => Train is null ? null : Augmentation.Misfit(recipe.FineTune?.Augment, Train.Shapes[0], recipe.Data.Preprocess.Layout),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        Calibration?.Dispose();
        Train?.Dispose();
        Eval?.Dispose();
    }
}
