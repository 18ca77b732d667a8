namespace ModelSlim.Core.Recipes;

/// <summary>Order of the axes of a picture.</summary>
public enum ImageLayout
{
    /// <summary>[N, C, H, W].</summary>
    Nchw,

    /// <summary>[N, H, W, C].</summary>
    Nhwc,
}
