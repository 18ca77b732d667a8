namespace ModelSlim.Core.Recipes;

/// <summary>Whether to repair without labels.</summary>
public enum RepairMode
{
    /// <summary>Bias compensation and least squares where they help.</summary>
    Auto,

    /// <summary>Leave the weights as cutting left them.</summary>
    Off,
}
