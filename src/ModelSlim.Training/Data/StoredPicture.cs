using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.Data;

/// <summary>How a sample lies in its file.</summary>
/// <param name="Channels">Channels, red first where there are three.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Layout">Whether the channels are the first axis or the last.</param>
internal readonly record struct StoredPicture(int Channels, int Height, int Width, ImageLayout Layout)
{
    /// <summary>Distance between two values that differ by one channel.</summary>
    public int ChannelStride => Layout == ImageLayout.Nchw ? Height * Width : 1;

    /// <summary>Distance between two values that differ by one pixel.</summary>
    public int PixelStride => Layout == ImageLayout.Nchw ? 1 : Channels;
}
