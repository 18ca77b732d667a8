namespace ModelSlim.Training.Data;

/// <summary>
/// Resizes one plane with a triangle filter that widens when it shrinks, so that every source pixel counts: what Pillow and
/// torchvision call bilinear with antialiasing. Plain arithmetic, so the same bits on every machine.
/// </summary>
internal static class BilinearResize
{
    /// <summary>Resizes.</summary>
    /// <param name="source">Plane [<paramref name="height"/>, <paramref name="width"/>].</param>
    /// <param name="height">Rows of the source.</param>
    /// <param name="width">Columns of the source.</param>
    /// <param name="target">Plane [<paramref name="newHeight"/>, <paramref name="newWidth"/>].</param>
    /// <param name="newHeight">Rows of the target.</param>
    /// <param name="newWidth">Columns of the target.</param>
    public static void Resize(
        ReadOnlySpan<float> source, int height, int width, Span<float> target, int newHeight, int newWidth)
    {
        var columns = Taps.For(width, newWidth);
        var narrow = new float[height * newWidth];
        for (var y = 0; y < height; y++)
        {
            var row = source.Slice(y * width, width);
            for (var x = 0; x < newWidth; x++)
            {
                var sum = 0f;
                var tap = columns[x];
                for (var i = 0; i < tap.Weights.Length; i++)
                {
                    sum += row[tap.First + i] * tap.Weights[i];
                }

                narrow[(y * newWidth) + x] = sum;
            }
        }

        var rows = Taps.For(height, newHeight);
        for (var y = 0; y < newHeight; y++)
        {
            var line = target.Slice(y * newWidth, newWidth);
            line.Clear();
            var tap = rows[y];
            for (var i = 0; i < tap.Weights.Length; i++)
            {
                var weight = tap.Weights[i];
                var from = narrow.AsSpan((tap.First + i) * newWidth, newWidth);
                for (var x = 0; x < newWidth; x++)
                {
                    line[x] += from[x] * weight;
                }
            }
        }
    }

    private readonly record struct Taps(int First, float[] Weights)
    {
        // Weights of source pixels for each target pixel: pixel centres are at i + 0.5.
        public static Taps[] For(int length, int newLength)
        {
            var scale = (double)length / newLength;
            var support = Math.Max(scale, 1);
            var taps = new Taps[newLength];
            for (var i = 0; i < newLength; i++)
            {
                var centre = (i + 0.5) * scale;
                var first = Math.Max((int)(centre - support + 0.5), 0);
                var end = Math.Min((int)(centre + support + 0.5), length);
                var weights = new double[end - first];
                var total = 0.0;
                for (var j = 0; j < weights.Length; j++)
                {
                    weights[j] = Math.Max(1 - Math.Abs((first + j + 0.5 - centre) / support), 0);
                    total += weights[j];
                }

                taps[i] = new Taps(first, Array.ConvertAll(weights, weight => (float)(weight / total)));
            }

            return taps;
        }
    }
}
