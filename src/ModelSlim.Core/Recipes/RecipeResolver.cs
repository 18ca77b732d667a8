using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes.Keys;

namespace ModelSlim.Core.Recipes;

/// <summary>Turns what the user wrote into what it means: defaults filled in, paths absolute, everything checked.</summary>
/// <param name="files">The files that the recipe names; they must exist.</param>
public sealed class RecipeResolver(IFileView files)
{
    /// <summary>Resolves a recipe.</summary>
    /// <param name="file">What the user wrote.</param>
    /// <param name="overrides">What the command line says in its place.</param>
    /// <returns>The recipe, with warnings; or every error in it, in the order of the file.</returns>
    public Result<Recipe> Resolve(RecipeFile file, RecipeOverrides overrides)
    {
        var errors = new RecipeErrors();
        var reading = new Reading(string.Empty, file.Root.Span, file.Folder, files, errors)
        {
            Given = overrides is { Target: null, TargetMayMiss: false } ? [] : ["target"],
        };
        if (!RecipeKeys.Root.TryRead(file.Root, reading, out var written))
        {
            return Result<Recipe>.Failed(errors.Items);
        }

        var recipe = Override(written with { MethodLocation = file.SpanOf("method"), InputsLocation = written.Inputs.IsEmpty ? null : file.SpanOf("inputs") }, overrides);
        var found = new RecipeRules().Check(recipe, new RecipeSource(file, overrides));
        return found.Any(diagnostic => diagnostic.Severity == Severity.Error)
            ? Result<Recipe>.Failed(found)
            : Result<Recipe>.With(recipe, found);
    }

    private static Recipe Override(Recipe recipe, RecipeOverrides overrides)
    {
        var seed = overrides.Seed ?? recipe.FineTune?.Seed ?? recipe.Seed;
        return recipe with
        {
            Target = overrides.Target ?? recipe.Target,
            Inputs = recipe.Inputs.SetItems(overrides.Inputs),
            FineTune = overrides.NoFineTune || recipe.FineTune is not { Epochs: > 0 } tune ? null : tune with { Seed = seed },
            Sparsity = recipe.Sparsity ?? (recipe.Methods.Any(MethodTraits.TrainsFirst) ? new SparsitySpec() : null),
            Seed = seed,
        };
    }
}
