using System.Collections.Immutable;

namespace ModelSlim.Core.Recipes;

/// <summary>
/// A recipe of several methods as recipes of one method each, in order. Each part has the targets that its method can meet; of the keys
/// that only some methods have, each goes to those that have it. What no method of the recipe has stays in all parts, so that
/// whoever checks them finds it.
/// </summary>
public static class RecipeParts
{
    /// <summary>The parts; a recipe of one method is its only part.</summary>
    public static ImmutableArray<Recipe> Of(Recipe recipe) =>
        recipe.Then.IsEmpty ? [recipe] : [.. recipe.Methods.Select(method => Of(recipe, method))];

    private static Recipe Of(Recipe recipe, Method method)
    {
        ImmutableArray<Method> others = [.. recipe.Methods.Where(other => other != method)];
        // Within the blocks of a pattern LAMP is the order of magnitudes.
        bool Scores(Method one) => one.Scores(recipe.Prune.Criterion) && !(one == Method.SemiStructured && HasPattern(recipe) && recipe.Prune.Criterion == Criterion.Lamp);
        bool IsForOthers(Func<Method, bool> takes) => !takes(method) && others.Any(takes);
        var prune = recipe.Prune;
        return recipe with
        {
            Method = method,
            Then = [],
            Target = Of(recipe.Target, IsForOthers),
            Prune = method.ExitsEarly() ? new PruneSpec() : prune with
            {
                Criterion = IsForOthers(Scores) ? Criterion.Auto : prune.Criterion,
                Scope = (prune.Scope == Scope.Isomorphic || HasPattern(recipe)) && IsForOthers(MethodTraits.CutsChannels) ? Scope.Auto : prune.Scope,
                Gradual = IsForOthers(MethodTraits.MasksWeights) ? 0 : prune.Gradual,
                Steps = HasPattern(recipe) && IsForOthers(MethodTraits.CutsChannels) ? 1 : prune.Steps,
            },
            Sparsity = IsForOthers(MethodTraits.TrainsFirst) ? null : recipe.Sparsity,
            FineTune = method.ExitsEarly() ? null : recipe.FineTune,
        };
    }

    // Patterns are decided within each block, in one step.
    private static bool HasPattern(Recipe recipe) => recipe.Target.Sparsity is { IsPattern: true };

    // An early exit is timed, and so takes the latency where there is one.
    private static TargetSpec Of(TargetSpec target, Func<Func<Method, bool>, bool> isForOthers)
    {
        var shapes = isForOthers(MethodTraits.CutsChannels);
        return target with
        {
            Macs = shapes ? null : target.Macs,
            Params = shapes ? null : target.Params,
            Size = shapes ? null : target.Size,
            Latency = isForOthers(MethodTraits.ExitsEarly) || isForOthers(method => method.CutsChannels() || method.ExitsEarly()) ? null : target.Latency,
            Sparsity = isForOthers(MethodTraits.MasksWeights) ? null : target.Sparsity,
        };
    }
}
