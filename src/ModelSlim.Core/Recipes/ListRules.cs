using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Recipes;

/// <summary>Checks that methods of which a recipe names several go together, in their order.</summary>
internal sealed class ListRules
{
    /// <summary>Everything that does not.</summary>
    public IEnumerable<Diagnostic> Check(Recipe recipe, RecipeSource source)
    {
        if (recipe.Then.IsEmpty)
        {
            yield break;
        }

        for (var i = 1; i < recipe.Methods.Length; i++)
        {
            var (before, method) = (recipe.Methods[i - 1], recipe.Methods[i]);
            if (Place(method) == Place(before))
            {
                yield return Conflict(source, i, method == before
                    ? $"method: {method.Word()} is in the list twice; prune.steps goes to the target in several steps"
                    : $"method: {before.Word()} and {method.Word()} are two ways to do the same; leave one of them in the list");
            }
            else if (Place(method) < Place(before))
            {
                yield return Conflict(source, i, before.ExitsEarly()
                    ? $"method: dynamic must be the last of the list: nothing is removed from a network that samples may leave; put {method.Word()} before it"
                    : $"method: {method.Word()} must come before {before.Word()}: with channels that go, zeros would go, and their share change");
            }
        }

        if (RecipeParts.Of(recipe).FirstOrDefault(part => part.Method.CutsChannels())
            is { Target: { Macs: null, Params: null, Size: null, Latency: null } } cuts)
        {
            yield return DiagnosticCodes.RecipeConflict.At(
                source.SpanOf("target"),
                $"nothing says how much method: {cuts.Method.Word()} removes; set target.macs, params or size{(recipe.Target.Latency is null ? ", or latency" : ", since target.latency is what method: dynamic goes by")}");
        }
    }

    private static int Place(Method method) => method.CutsChannels() ? 0 : method.MasksWeights() ? 1 : 2;

    private static Diagnostic Conflict(RecipeSource source, int item, string message) => DiagnosticCodes.RecipeConflict.At(source.SpanOf("method", item), message);
}
