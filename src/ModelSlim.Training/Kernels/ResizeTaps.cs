using ModelSlim.Core.Graphs;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// Which positions of an axis each position of the resized axis is mixed from, and with which weights. Positions are
/// computed in single precision, as ONNX Runtime does.
/// </summary>
/// <param name="Sources">A list for each tap: the source of every position of the result.</param>
/// <param name="Weights">A list for each tap: the weight of its source.</param>
internal sealed record ResizeTaps(long[][] Sources, float[][] Weights)
{
    /// <summary>The taps of one axis.</summary>
    /// <param name="node">Resize or Upsample: mode, coordinate_transformation_mode, nearest_mode, cubic_coeff_a, exclude_outside.</param>
    /// <param name="coordinates">From position of the result to position of the input.</param>
    /// <param name="input">Extent of the input.</param>
    /// <param name="output">Extent of the result.</param>
    public static ResizeTaps Of(Node node, ResizeCoordinates coordinates, long input, long output)
    {
        var places = Enumerable.Range(0, (int)output).Select(position => coordinates.Of(position)).ToArray();
        return node.GetText("mode", "nearest") switch
        {
            "nearest" => Nearest(places, input, coordinates.Rounding),
            "cubic" => Cubic(places, input, node.GetFloat("cubic_coeff_a", -0.75f), node.GetInt("exclude_outside", 0) != 0),
            _ => Linear(places, input),
        };
    }

    private static ResizeTaps Nearest(float[] places, long input, string rounding)
    {
        long Source(float place) => Math.Clamp((long)(rounding switch
        {
            "floor" => MathF.Floor(place),
            "ceil" => MathF.Ceiling(place),
            "round_prefer_ceil" => MathF.Floor(place + 0.5f),
            _ => MathF.Ceiling(place - 0.5f),
        }), 0, input - 1);
        return new ResizeTaps([[.. places.Select(Source)]], [[.. places.Select(_ => 1f)]]);
    }

    private static ResizeTaps Linear(float[] places, long input)
    {
        var (low, high) = (new long[places.Length], new long[places.Length]);
        var (lowWeight, highWeight) = (new float[places.Length], new float[places.Length]);
        for (var i = 0; i < places.Length; i++)
        {
            var place = Math.Clamp(places[i], 0, input - 1);
            low[i] = (long)place;
            high[i] = Math.Min(low[i] + 1, input - 1);
            highWeight[i] = place - low[i];
            lowWeight[i] = 1 - highWeight[i];
        }

        return new ResizeTaps([low, high], [lowWeight, highWeight]);
    }

    // Keys 1981, over the four nearest positions.
    private static ResizeTaps Cubic(float[] places, long input, float a, bool excludeOutside)
    {
        var (sources, weights) = (new long[4][], new float[4][]);
        for (var tap = 0; tap < 4; tap++)
        {
            (sources[tap], weights[tap]) = (new long[places.Length], new float[places.Length]);
        }

        for (var i = 0; i < places.Length; i++)
        {
            var floor = MathF.Floor(places[i]);
            var part = places[i] - floor;
            float[] four = [Far(part + 1, a), Near(part, a), Near(1 - part, a), Far(2 - part, a)];
            for (var tap = 0; tap < 4; tap++)
            {
                var source = (long)floor - 1 + tap;
                sources[tap][i] = Math.Clamp(source, 0, input - 1);
                weights[tap][i] = excludeOutside && (source < 0 || source >= input) ? 0 : four[tap];
            }

            var sum = excludeOutside ? weights.Sum(tap => tap[i]) : 1;
            Array.ForEach(weights, tap => tap[i] /= sum);
        }

        return new ResizeTaps(sources, weights);
    }

    private static float Near(float x, float a) => ((((a + 2) * x) - (a + 3)) * x * x) + 1;

    private static float Far(float x, float a) => (((((x - 5) * x) + 8) * x) - 4) * a;
}
