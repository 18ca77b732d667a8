namespace ModelSlim.Core.Recipes;

/// <summary>What happens when a gate does not hold.</summary>
public enum OnFail
{
    /// <summary>The build fails.</summary>
    Error,

    /// <summary>The original model is shipped, with a warning.</summary>
    WarnAndKeepOriginal,
}
