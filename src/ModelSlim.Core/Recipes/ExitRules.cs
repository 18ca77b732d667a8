using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Recipes;

/// <summary>Checks that the parts of a recipe go together where samples leave early.</summary>
internal sealed class ExitRules
{
    /// <summary>Everything that does not.</summary>
    public IEnumerable<Diagnostic> Check(Recipe recipe, RecipeSource source) =>
        recipe.Method.ExitsEarly() ? Targets(recipe.Target, source).Concat(Sections(recipe, source)).Concat(Data(recipe, source)) : [];

    private static IEnumerable<Diagnostic> Targets(TargetSpec target, RecipeSource source)
    {
        if (target.Latency is null)
        {
            yield return Conflict(
                source, "target", "method: dynamic saves time and nothing else: it needs target.latency, such as 80%; for other targets use method: channels");
        }

        foreach (var (set, name) in new[] { (target.Macs is not null, "macs"), (target.Params is not null, "params"), (target.Size is not null, "size") })
        {
            if (set)
            {
                yield return Conflict(
                    source, $"target.{name}", $"method: dynamic keeps the whole network and bounds no {name}; remove target.{name}, or use method: channels");
            }
        }
    }

    private static IEnumerable<Diagnostic> Sections(Recipe recipe, RecipeSource source)
    {
        if (recipe.Prune != new PruneSpec())
        {
            yield return Conflict(source, "prune", "method: dynamic removes nothing; remove section prune, or use method: channels");
        }

        if (recipe.Sparsity is not null)
        {
            yield return Conflict(source, "sparsity", "section sparsity is for method: slimming and method: soft; remove it");
        }

        if (recipe.FineTune is not null)
        {
            yield return Conflict(
                source, "finetune", "method: dynamic leaves the network as it is and fits only the head of the exit; remove finetune, or fine-tune the model before");
        }

        if (recipe.Accept.Metric == Metric.Mse)
        {
            yield return Conflict(source, "accept.metric", "method: dynamic is for classifiers; use metric: accuracy, top5 or agreement");
        }
    }

    private static IEnumerable<Diagnostic> Data(Recipe recipe, RecipeSource source)
    {
        if (recipe.Data is { Train: null, Calibration: null })
        {
            yield return DiagnosticCodes.RecipeDataNeeded.At(
                source.SpanOf("method"), "method: dynamic learns on samples when to leave: it needs data.train, or data.calibration, which needs no labels");
        }
    }

    private static Diagnostic Conflict(RecipeSource source, string key, string message) => DiagnosticCodes.RecipeConflict.At(source.SpanOf(key), message);
}
