using ModelSlim.Core.Data;

namespace ModelSlim.Evaluation.Calibration;

/// <summary>Smooth random planes: grids of random numbers, finer ones weaker, drawn large and stretched to the full range.</summary>
internal static class SmoothNoise
{
    private static readonly int[] Grids = [3, 5, 9];

    /// <summary>Draws a plane.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="random">Where the numbers come from.</param>
    /// <returns>[H, W], from 0 to 1.</returns>
    public static float[] Draw(int height, int width, SplitMix random)
    {
        var plane = new float[height * width];
        foreach (var grid in Grids)
        {
            var knots = new float[(grid + 1) * (grid + 1)];
            for (var i = 0; i < knots.Length; i++)
            {
                knots[i] = random.NextSingle() / grid;
            }

            for (var place = 0; place < plane.Length; place++)
            {
                plane[place] += Interpolate(knots, grid, (float)(place / width) / height * grid, (float)(place % width) / width * grid);
            }
        }

        var (low, high) = (plane.Min(), plane.Max());
        for (var place = 0; place < plane.Length; place++)
        {
            plane[place] = high > low ? (plane[place] - low) / (high - low) : 0.5f;
        }

        return plane;
    }

    private static float Interpolate(float[] knots, int grid, float y, float x)
    {
        var (row, column) = ((int)y, (int)x);
        var (down, right) = (y - row, x - column);
        var first = (row * (grid + 1)) + column;
        var upper = knots[first] + (right * (knots[first + 1] - knots[first]));
        var lower = knots[first + grid + 1] + (right * (knots[first + grid + 2] - knots[first + grid + 1]));
        return upper + (down * (lower - upper));
    }
}
