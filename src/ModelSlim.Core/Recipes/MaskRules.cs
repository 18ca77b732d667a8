using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Recipes;

/// <summary>Checks that the parts of a recipe go together where single weights become zero.</summary>
internal sealed class MaskRules
{
    /// <summary>Everything that does not.</summary>
    public IEnumerable<Diagnostic> Check(Recipe recipe, RecipeSource source)
    {
        var target = recipe.Target;
        if (!recipe.Method.MasksWeights())
        {
            return Elsewhere(recipe, source);
        }

        var method = recipe.Method.Word();
        return Targets(target, method, source).Concat(Keys(recipe, method, source)).Concat(recipe.Prune.Gradual > 0 ? Gradual(recipe, source) : []);
    }

    private static IEnumerable<Diagnostic> Elsewhere(Recipe recipe, RecipeSource source)
    {
        if (recipe.Target.Sparsity is not null)
        {
            yield return Conflict(source, "target.sparsity", "target.sparsity is for method: unstructured and method: n:m; "
                + (source.IsWritten ? "set one of them" : "write prune.yaml with one of them beside the model") + (recipe.Method.ExitsEarly() ? ", or remove it" : ", or ask for macs or params"));
        }

        if (recipe.Prune.Gradual > 0)
        {
            yield return Conflict(source, "prune.gradual", "prune.gradual is for method: unstructured and method: n:m; channels fade in training with method: slimming, and are zero for a while with method: soft");
        }
    }

    private static IEnumerable<Diagnostic> Targets(TargetSpec target, string method, RecipeSource source)
    {
        if (target.Sparsity is not { } sparsity)
        {
            yield return Conflict(
                source, "target", $"method: {method} changes no shape: it needs target.sparsity, such as {(method == "n:m" ? "2:4" : "80%")}; for other targets use method: channels");
            yield break;
        }

        if (sparsity.Pattern is null == (method == "n:m"))
        {
            yield return Conflict(source, "target.sparsity", method == "n:m"
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
                yield return Conflict(source, $"target.{name}", $"method: {method} changes no shape and saves no {name}; remove target.{name}, or use method: channels");
            }
        }
    }

    private static IEnumerable<Diagnostic> Keys(Recipe recipe, string method, RecipeSource source)
    {
        if (recipe.Sparsity is not null)
        {
            yield return Conflict(source, "sparsity", "section sparsity is for method: slimming and method: soft; remove it, target.sparsity says how many weights go");
        }

        if (!recipe.Method.Scores(recipe.Prune.Criterion))
        {
            yield return Conflict(source, "prune.criterion", $"method: {method} scores single weights: by magnitude, lamp, wanda, reconstruction or random; set one of them, or remove prune.criterion");
        }

        if (recipe.Prune.Scope == Scope.Isomorphic)
        {
            yield return Conflict(source, "prune.scope", $"scope: isomorphic is for groups of channels; with method: {method} use global or local");
        }

        if (recipe.Target.Sparsity is { IsPattern: true } && recipe.Prune.Scope is Scope.Global or Scope.Local)
        {
            yield return Conflict(source, "prune.scope", "a pattern N:M decides within each block of weights; remove prune.scope");
        }

        if (recipe.Target.Sparsity is { IsPattern: true } && recipe.Prune.Criterion == Criterion.Lamp)
        {
            yield return Conflict(source, "prune.criterion", "criterion: lamp says which layers lose more, and a pattern N:M decides within each block, where its order is that of magnitude; use magnitude, wanda or reconstruction");
        }

        if (recipe.Target.Sparsity is { IsPattern: true } && recipe.Prune.Steps > 1)
        {
            yield return Conflict(source, "prune.steps", "a pattern N:M is reached in one step; remove prune.steps");
        }
    }

    private static IEnumerable<Diagnostic> Gradual(Recipe recipe, RecipeSource source)
    {
        if (recipe.Target.Sparsity is { IsPattern: true })
        {
            yield return Conflict(source, "prune.gradual", "a pattern N:M is reached in one step; remove prune.gradual");
        }

        if (recipe.Prune.Steps > 1)
        {
            yield return Conflict(source, "prune.gradual", "prune.steps and prune.gradual are two ways to the target; remove one of them");
        }

        if (recipe.FineTune is null)
        {
            yield return Conflict(source, "prune.gradual", $"prune.gradual grows sparsity in training and needs {source.HowToTrain}, or remove it");
        }
    }

    private static Diagnostic Conflict(RecipeSource source, string key, string message) =>
        DiagnosticCodes.RecipeConflict.At(source.SpanOf(key), message);
}
