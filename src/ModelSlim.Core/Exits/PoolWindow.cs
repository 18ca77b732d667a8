using System.Collections.Immutable;

namespace ModelSlim.Core.Exits;

/// <summary>
/// How a value [N, C, spatial ...] becomes features [N, C times windows]: the mean over windows that cover each spatial axis, one
/// beside the other or overlapping.
/// </summary>
/// <param name="Kernel">Extent of a window on each spatial axis; empty for a value [N, C], which is read as it is, and for means over whole axes.</param>
/// <param name="Stride">Distance of the windows on each spatial axis.</param>
/// <param name="IsGlobal">True for means over all spatial axes, whatever their extents.</param>
/// <param name="Features">Number of features.</param>
public sealed record PoolWindow(ImmutableArray<int> Kernel, ImmutableArray<int> Stride, bool IsGlobal, int Features)
{
    private const int MostFeatures = 784;
    private const int MostChannels = 4096;
    private const int FinestGrid = 7;

    /// <summary>The finest grid of windows that gives no more features than a head should have.</summary>
    /// <param name="shape">Shape of the value.</param>
    /// <param name="isOpen">True where the model takes inputs of several spatial sizes.</param>
    /// <returns>The windows; null where the value has another rank, or too many channels.</returns>
    public static PoolWindow? Of(ImmutableArray<int> shape, bool isOpen)
    {
        if (shape.Length is < 2 or > 5 || shape.Any(extent => extent < 1) || shape[1] > MostChannels)
        {
            return null;
        }

        var (channels, spatial) = (shape[1], shape[2..]);
        if (spatial.IsEmpty)
        {
            return new PoolWindow([], [], false, channels);
        }

        var grid = Enumerable.Range(1, FinestGrid)
            .Last(grid => grid == 1 || spatial.Aggregate((long)channels, (all, extent) => all * Math.Min(grid, extent)) <= MostFeatures);
        if (isOpen || grid == 1)
        {
            return new PoolWindow([], [], true, channels);
        }

        ImmutableArray<int> stride = [.. spatial.Select(extent => extent / Math.Min(grid, extent))];
        return new PoolWindow(
            [.. spatial.Select((extent, axis) => extent - ((Math.Min(grid, extent) - 1) * stride[axis]))],
            stride,
            false,
            spatial.Aggregate(channels, (all, extent) => all * Math.Min(grid, extent)));
    }
}
