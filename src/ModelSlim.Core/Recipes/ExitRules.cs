using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Recipes;

/// <summary>Checks that the parts of a recipe go together where samples leave early.</summary>
internal sealed class ExitRules
{
    /// <summary>Everything that does not.</summary>
    public IEnumerable<Diagnostic> Check(Recipe recipe, RecipeFile file) =>
        recipe.Method.ExitsEarly() ? Targets(recipe.Target, file).Concat(Sections(recipe, file)).Concat(Data(recipe, file)) : [];

    private static IEnumerable<Diagnostic> Targets(TargetSpec target, RecipeFile file)
    {
        if (target.Latency is null)
        {
            yield return Conflict(
                file, "target", "method: dynamic saves time and nothing else: it needs target.latency, such as 80%; for other targets use method: channels");
        }

        foreach (var (set, name) in new[] { (target.Macs is not null, "macs"), (target.Params is not null, "params"), (target.Size is not null, "size") })
        {
            if (set)
            {
                yield return Conflict(
                    file, $"target.{name}", $"method: dynamic keeps the whole network and bounds no {name}; remove target.{name}, or use method: channels");
            }
        }
    }

    private static IEnumerable<Diagnostic> Sections(Recipe recipe, RecipeFile file)
    {
        if (recipe.Prune != new PruneSpec())
        {
            yield return Conflict(file, "prune", "method: dynamic removes nothing; remove section prune, or use method: channels");
        }

        if (recipe.Sparsity is not null)
        {
            yield return Conflict(file, "sparsity", "section sparsity is for method: slimming and method: soft; remove it");
        }

        if (recipe.FineTune is not null)
        {
            yield return Conflict(
                file, "finetune", "method: dynamic leaves the network as it is and fits only the head of the exit; remove finetune, or fine-tune the model before");
        }

        if (recipe.Accept.Metric == Metric.Mse)
        {
            yield return Conflict(file, "accept.metric", "method: dynamic is for classifiers; use metric: accuracy, top5 or agreement");
        }
    }

    private static IEnumerable<Diagnostic> Data(Recipe recipe, RecipeFile file)
    {
        if (recipe.Data is { Train: null, Calibration: null })
        {
            yield return DiagnosticCodes.RecipeDataNeeded.At(
                file.SpanOf("method"), "method: dynamic learns on samples when to leave: it needs data.train, or data.calibration, which needs no labels");
        }
    }

    private static Diagnostic Conflict(RecipeFile file, string key, string message) => DiagnosticCodes.RecipeConflict.At(file.SpanOf(key), message);
}
