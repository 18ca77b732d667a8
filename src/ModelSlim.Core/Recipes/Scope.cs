namespace ModelSlim.Core.Recipes;

/// <summary>Which channels compete with each other.</summary>
public enum Scope
{
    /// <summary>All groups, by normalised score.</summary>
    Global,

    /// <summary>Each group for itself, at the same ratio.</summary>
    Local,
}
