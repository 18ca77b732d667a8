using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Recipes;

/// <summary>Checks that the parts of a recipe go together where single weights become zero.</summary>
internal sealed class MaskRules
{
    /// <summary>Everything that does not.</summary>
    public IEnumerable<Diagnostic> Check(Recipe recipe, RecipeFile file)
    {
        var target = recipe.Target;
        if (!recipe.Method.MasksWeights())
        {
            return Elsewhere(recipe, file);
        }

        var method = recipe.Method.Word();
        return Targets(target, method, file).Concat(Keys(recipe, method, file)).Concat(recipe.Prune.Gradual > 0 ? Gradual(recipe, file) : []);
    }

    private static IEnumerable<Diagnostic> Elsewhere(Recipe recipe, RecipeFile file)
    {
        if (recipe.Target.Sparsity is not null)
        {
            yield return Conflict(file, "target.sparsity", "target.sparsity is for method: unstructured and method: n:m; set one of them, or ask for macs or params");
        }

        if (recipe.Prune.Gradual > 0)
        {
            yield return Conflict(file, "prune.gradual", "prune.gradual is for method: unstructured and method: n:m; channels fade in training with method: slimming, and are zero for a while with method: soft");
        }
    }

    private static IEnumerable<Diagnostic> Targets(TargetSpec target, string method, RecipeFile file)
    {
        if (target.Sparsity is not { } sparsity)
        {
            yield return Conflict(
                file, "target", $"method: {method} changes no shape: it needs target.sparsity, such as {(method == "n:m" ? "2:4" : "80%")}; for other targets use method: channels");
            yield break;
        }

        if (sparsity.Pattern is null == (method == "n:m"))
        {
            yield return Conflict(file, "target.sparsity", method == "n:m"
                ? "method: n:m needs a pattern in target.sparsity, such as 2:4 or 80% in 4x1; for a share alone use method: unstructured"
                : "method: unstructured needs a share in target.sparsity, such as 80%; for a pattern use method: n:m");
        }

        foreach (var (set, name) in new[]
        {
            (target.Macs is not null, "macs"), (target.Params is not null, "params"), (target.Size is not null, "size"), (target.Latency is not null, "latency"),
        })
        {
            if (set)
            {
                yield return Conflict(file, $"target.{name}", $"method: {method} changes no shape and saves no {name}; remove target.{name}, or use method: channels");
            }
        }
    }

    private static IEnumerable<Diagnostic> Keys(Recipe recipe, string method, RecipeFile file)
    {
        if (recipe.Sparsity is not null)
        {
            yield return Conflict(file, "sparsity", "section sparsity is for method: slimming and method: soft; remove it, target.sparsity says how many weights go");
        }

        if (!recipe.Method.Scores(recipe.Prune.Criterion))
        {
            yield return Conflict(file, "prune.criterion", $"method: {method} scores single weights: by magnitude, lamp, wanda, reconstruction or random; set one of them, or remove prune.criterion");
        }

        if (recipe.Prune.Scope == Scope.Isomorphic)
        {
            yield return Conflict(file, "prune.scope", $"scope: isomorphic is for groups of channels; with method: {method} use global or local");
        }

        if (recipe.Target.Sparsity is { IsPattern: true } && recipe.Prune.Scope == Scope.Global)
        {
            yield return Conflict(file, "prune.scope", "a pattern N:M decides within each block of weights; remove prune.scope");
        }

        if (recipe.Target.Sparsity is { IsPattern: true } && recipe.Prune.Steps > 1)
        {
            yield return Conflict(file, "prune.steps", "a pattern N:M is reached in one step; remove prune.steps");
        }
    }

    private static IEnumerable<Diagnostic> Gradual(Recipe recipe, RecipeFile file)
    {
        if (recipe.Target.Sparsity is { IsPattern: true })
        {
            yield return Conflict(file, "prune.gradual", "a pattern N:M is reached in one step; remove prune.gradual");
        }

        if (recipe.Prune.Steps > 1)
        {
            yield return Conflict(file, "prune.gradual", "prune.steps and prune.gradual are two ways to the target; remove one of them");
        }

        if (recipe.FineTune is null)
        {
            yield return Conflict(file, "prune.gradual", "prune.gradual grows sparsity in training and needs data.train and finetune; add them, or remove it");
        }
    }

    private static Diagnostic Conflict(RecipeFile file, string key, string message) =>
        DiagnosticCodes.RecipeConflict.At(file.SpanOf(key), message);
}
