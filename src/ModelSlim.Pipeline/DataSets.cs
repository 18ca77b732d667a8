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
    /// <param name="recipe">The recipe.</param>
    /// <param name="analysis">The model.</param>
    public Diagnostic? Misfit(Recipe recipe, ModelAnalysis analysis) => recipe switch
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
        { FineTune: { Distill: null } } when Train is { HasLabels: true } && new ClassScores(analysis).Untrained is { } untrained =>
            DiagnosticCodes.OutputsNotBatched.At(
                recipe.Data.Train!.Location, $"data.train has labels, which nothing of the model can be trained on: {untrained}; add finetune.distill, which needs none, or remove finetune"),
        { Prune.Criterion: Criterion.Taylor } when Train is { HasLabels: true } && new ClassScores(analysis).Untrained is { } unscored =>
            DiagnosticCodes.OutputsNotBatched.At(
                recipe.Data.Train!.Location, $"data.train has labels, which say nothing about the model: {unscored}; use criterion: fisher, which needs none"),
        { Accept.Metric: Metric.Accuracy or Metric.Top5 } when Eval is { HasLabels: true } && new ClassScores(analysis).Uncounted is { } uncounted =>
            DiagnosticCodes.OutputUnmeasurable.At(
                recipe.Data.Eval!.Location, $"data.eval has labels, which the model has no classes for: {uncounted}; use accept.metric: agreement or mse, which need none"),
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
