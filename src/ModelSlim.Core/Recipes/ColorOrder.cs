namespace ModelSlim.Core.Recipes;

/// <summary>Order of the colour channels.</summary>
public enum ColorOrder
{
    /// <summary>Red first.</summary>
    Rgb,

    /// <summary>Blue first.</summary>
    Bgr,

    /// <summary>One channel.</summary>
    Gray,
}
