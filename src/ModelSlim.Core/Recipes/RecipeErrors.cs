using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Recipes;

/// <summary>The errors found in one recipe, up to a number that a person can still read.</summary>
internal sealed class RecipeErrors
{
    /// <summary>Errors after this many are left out.</summary>
    public const int Most = 100;

    private readonly List<Diagnostic> items = [];

    /// <summary>What was found, in the order of the file.</summary>
    public IReadOnlyList<Diagnostic> Items => items;

    /// <summary>True where more would be left out, so that looking for them is not worth the time.</summary>
    public bool IsFull => items.Count == Most;

    /// <summary>Adds one. Returns false, for use in a Try method.</summary>
    public bool Add(Diagnostic error)
    {
        if (!IsFull)
        {
            items.Add(error);
        }

        return false;
    }
}
