using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Recipes;

/// <summary>Checks what no single key can: whether the parts of a recipe go together.</summary>
internal sealed class RecipeRules
{
    /// <summary>Everything that does not go together.</summary>
    public IReadOnlyList<Diagnostic> Check(Recipe recipe, RecipeSource source) =>
    [
        .. FineTuning(recipe, source),
        .. Scoring(recipe, source),
        .. new MethodRules().Check(recipe, source),
        .. new EffectRules().Check(recipe, source),
        .. Gates(recipe, source),
        .. Preprocessing(recipe.Data.Preprocess, source),
        .. Sources(recipe.Data),
        .. Leaks(recipe.Data, source),
    ];

    private static IEnumerable<Diagnostic> FineTuning(Recipe recipe, RecipeSource source)
    {
        if (recipe.FineTune is not { } tune)
        {
            yield break;
        }

        if (recipe.Data.Train is not { } train)
        {
            yield return DiagnosticCodes.RecipeDataNeeded.At(
                source.SpanOf("finetune"), "finetune needs data.train; name the training samples, or remove finetune");
        }
        else if (train.HasNoLabels && tune.Distill is null)
        {
            yield return DiagnosticCodes.RecipeDataNeeded.At(
                train.Location, "data.train has no labels; name the labels, or add finetune.distill, which needs none");
        }

        if (tune is { Patience: not null, Validation: 0 })
        {
            yield return DiagnosticCodes.RecipeConflict.At(
                source.SpanOf("finetune.patience"), "finetune.patience needs held-out samples; leave finetune.validation out, or raise it");
        }
    }

    private static IEnumerable<Diagnostic> Scoring(Recipe recipe, RecipeSource source)
    {
        if (recipe.Prune.Criterion == Criterion.Taylor && recipe.Data.Train is not { HasNoLabels: false })
        {
            yield return DiagnosticCodes.RecipeDataNeeded.At(
                source.SpanOf("prune.criterion"),
                "criterion: taylor needs data.train with labels; name them, or use criterion: fisher, which needs none");
        }
        else if (recipe is { Prune.Criterion: Criterion.Fisher, Data: { Train: null, Calibration: null } })
        {
            yield return DiagnosticCodes.RecipeDataNeeded.At(
                source.SpanOf("prune.criterion"), "criterion: fisher needs data.calibration or data.train; labels are not needed");
        }
    }

    private static IEnumerable<Diagnostic> Gates(Recipe recipe, RecipeSource source)
    {
        var accept = recipe.Accept;
        if (accept.MaxDrop is null)
        {
            yield break;
        }

        var needsLabels = accept.Metric is Metric.Accuracy or Metric.Top5;
        if (recipe.Data.Eval is not { } eval)
        {
            yield return DiagnosticCodes.RecipeDataNeeded.At(
                source.SpanOf("accept.max_drop"),
                "accept.max_drop needs data.eval" + (needsLabels ? " with labels; without labels use metric: agreement" : string.Empty));
        }
        else if (needsLabels && eval.HasNoLabels)
        {
            yield return DiagnosticCodes.RecipeDataNeeded.At(
                eval.Location, "data.eval has no labels; name the labels, or use metric: agreement");
        }
    }

    private static IEnumerable<Diagnostic> Preprocessing(PreprocessSpec preprocess, RecipeSource source)
    {
        var channels = preprocess.Color == ColorOrder.Gray ? 1 : 3;
        var (mean, std) = (preprocess.Mean.Length, preprocess.Std.Length);
        if (mean > 1 && std > 1 && mean != std)
        {
            yield return DiagnosticCodes.RecipeConflict.At(
                source.SpanOf("data.preprocess.std"),
                $"data.preprocess.std has {std} values and mean has {mean}; give one, or one a channel");
        }
        else if (channels == 1 && Math.Max(mean, std) > 1)
        {
            yield return DiagnosticCodes.RecipeConflict.At(
                source.SpanOf("data.preprocess.color"), "data.preprocess.color is gray, which has one channel; mean and std have more");
        }
    }

    private static IEnumerable<Diagnostic> Sources(DataSpec data)
    {
        foreach (var source in new[] { data.Calibration, data.Train, data.Eval }.OfType<DataSource>())
        {
            if (source is { Labels: not null, Kind: not (DataKind.Csv or DataKind.Npz or DataKind.Tensors) })
            {
                yield return DiagnosticCodes.RecipeConflict.At(
                    source.Location, "labels names a part of csv, npz or tensors; idx and npy list the file of labels, images have class folders");
            }

            if (source is { Header: not null, Kind: not DataKind.Csv })
            {
                yield return DiagnosticCodes.RecipeConflict.At(source.Location, "header is for csv alone; remove it");
            }
        }
    }

    private static IEnumerable<Diagnostic> Leaks(DataSpec data, RecipeSource source)
    {
        if (data is { Train: { } train, Eval: { } eval } && train.Kind == eval.Kind && train.Paths.SequenceEqual(eval.Paths))
        {
            yield return DiagnosticCodes.RecipeLeak.At(
                source.SpanOf("data.eval"), "data.eval is what data.train is; the gates then say nothing about new samples");
        }
    }
}
