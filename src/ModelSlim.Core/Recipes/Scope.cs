namespace ModelSlim.Core.Recipes;

/// <summary>Which channels compete with each other.</summary>
public enum Scope
{
    /// <summary>Global where the scores of different groups can be compared, else local.</summary>
    Auto,

    /// <summary>All groups, by normalised score.</summary>
    Global,

    /// <summary>Each group for itself, at the same ratio.</summary>
    Local,

    /// <summary>Groups of the same build among themselves, every kind of group at the same ratio.</summary>
    Isomorphic,
}
