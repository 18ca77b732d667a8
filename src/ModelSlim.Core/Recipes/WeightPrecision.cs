namespace ModelSlim.Core.Recipes;

/// <summary>Numbers that weights are stored as.</summary>
public enum WeightPrecision
{
    /// <summary>As the model has them.</summary>
    Original,

    /// <summary>In 16 bits, read as 32 bits again when the model is loaded.</summary>
    Half,
}
