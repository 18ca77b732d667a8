using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Recipes;

/// <summary>Checks that the parts of a recipe go together with its method.</summary>
internal sealed class MethodRules
{
    /// <summary>Everything that does not.</summary>
    public IEnumerable<Diagnostic> Check(Recipe recipe, RecipeFile file)
    {
        Diagnostic[] list = [.. new ListRules().Check(recipe, file)];
        return list.Length > 0 ? list : RecipeParts.Of(recipe).SelectMany(part => OfOne(part, file)).Distinct();
    }

    private static IEnumerable<Diagnostic> OfOne(Recipe recipe, RecipeFile file) => new MaskRules().Check(recipe, file).Concat(new ExitRules().Check(recipe, file)).Concat(
        recipe.Method == Method.Channels ? WithoutTraining(recipe, file)
        : recipe.Method.TrainsFirst() ? WithTraining(recipe, file, recipe.Method.Word())
        : []);

    private static IEnumerable<Diagnostic> WithoutTraining(Recipe recipe, RecipeFile file)
    {
        if (recipe.Sparsity is not null)
        {
            yield return DiagnosticCodes.RecipeConflict.At(
                file.SpanOf("sparsity"), "sparsity is for method: slimming and method: soft; set one of them, or remove the section");
        }
    }

    private static IEnumerable<Diagnostic> WithTraining(Recipe recipe, RecipeFile file, string method)
    {
        if (recipe.FineTune is null)
        {
            yield return DiagnosticCodes.RecipeConflict.At(
                file.SpanOf("method"),
                $"method: {method} decides in training and needs data.train and finetune with epochs of at least 1; add them, or use method: channels");
        }

        if (recipe.Prune.Criterion != Criterion.Auto)
        {
            yield return DiagnosticCodes.RecipeConflict.At(
                file.SpanOf("prune.criterion"),
                $"method: {method} scores channels by what training made of them; remove prune.criterion, or use method: channels");
        }

        if (recipe is { Method: Method.Soft, Sparsity: { } soft } && (soft.Weight is not null || soft.Regularizer != Regularizer.ScaleL1))
        {
            yield return DiagnosticCodes.RecipeConflict.At(
                file.SpanOf(soft.Weight is not null ? "sparsity.weight" : "sparsity.regularizer"),
                "method: soft makes channels zero and penalizes nothing; remove it, or use method: slimming");
        }
    }
}
