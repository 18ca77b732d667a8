using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Recipes;

/// <summary>Checks that every key that is set has a method of the recipe that goes by it.</summary>
internal sealed class EffectRules
{
    /// <summary>Those that none goes by.</summary>
    public IEnumerable<Diagnostic> Check(Recipe recipe, RecipeSource source)
    {
        var methods = string.Join(" and ", recipe.Methods.Where(method => !method.ExitsEarly()).Select(MethodTraits.Word));
        var (cuts, masks) = (recipe.Methods.Any(MethodTraits.CutsChannels), recipe.Methods.Any(MethodTraits.MasksWeights));
        if (!cuts && masks && recipe.Prune.MaxRatio != new PruneSpec().MaxRatio)
        {
            yield return Conflict(source, "prune.max_ratio", $"prune.max_ratio bounds channels of a group, and method: {methods} removes none; remove it");
        }

        if (!cuts && masks && recipe.Prune.RoundTo is not null)
        {
            yield return Conflict(source, "prune.round_to", $"prune.round_to is for numbers of channels, and method: {methods} removes none; remove it");
        }
    }

    private static Diagnostic Conflict(RecipeSource source, string key, string message) => DiagnosticCodes.RecipeConflict.At(source.SpanOf(key), message);
}
