namespace ModelSlim.Core.Recipes;

/// <summary>How channels are scored.</summary>
public enum Criterion
{
    /// <summary>The best that the data at hand allows.</summary>
    Auto,

    /// <summary>L2 norm of everything that belongs to the channel.</summary>
    Magnitude,

    /// <summary>By chance, from the seed: a control.</summary>
    Random,
}
