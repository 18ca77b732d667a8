using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Recipes;

/// <summary>Checks that the parts of a recipe go together with its method.</summary>
internal sealed class MethodRules
{
    /// <summary>Everything that does not.</summary>
    public IEnumerable<Diagnostic> Check(Recipe recipe, RecipeSource source)
    {
        Diagnostic[] list = [.. new ListRules().Check(recipe, source)];
        return list.Length > 0 ? list : RecipeParts.Of(recipe).SelectMany(part => OfOne(part, source)).Distinct();
    }

    private static IEnumerable<Diagnostic> OfOne(Recipe recipe, RecipeSource source) => new MaskRules().Check(recipe, source).Concat(new ExitRules().Check(recipe, source)).Concat(
        recipe.Method == Method.Channels ? WithoutTraining(recipe, source)
        : recipe.Method.TrainsFirst() ? WithTraining(recipe, source, recipe.Method.Word())
        : []);

    private static IEnumerable<Diagnostic> WithoutTraining(Recipe recipe, RecipeSource source)
    {
        if (recipe.Sparsity is not null)
        {
            yield return DiagnosticCodes.RecipeConflict.At(
                source.SpanOf("sparsity"), "sparsity is for method: slimming and method: soft; set one of them, or remove the section");
        }
    }

    private static IEnumerable<Diagnostic> WithTraining(Recipe recipe, RecipeSource source, string method)
    {
        if (recipe.FineTune is null)
        {
            yield return DiagnosticCodes.RecipeConflict.At(
                source.SpanOf("method"),
                $"method: {method} decides in training and needs {source.HowToTrain}, or use method: channels");
        }

        if (recipe.Prune.Criterion != Criterion.Auto)
        {
            yield return DiagnosticCodes.RecipeConflict.At(
                source.SpanOf("prune.criterion"),
                $"method: {method} scores channels by what training made of them; remove prune.criterion, or use method: channels");
        }

        if (recipe is { Method: Method.Soft, Sparsity: { } soft } && (soft.Weight is not null || soft.Regularizer != Regularizer.ScaleL1))
        {
            yield return DiagnosticCodes.RecipeConflict.At(
                source.SpanOf(soft.Weight is not null ? "sparsity.weight" : "sparsity.regularizer"),
                "method: soft makes channels zero and penalizes nothing; remove it, or use method: slimming");
        }
    }
}
