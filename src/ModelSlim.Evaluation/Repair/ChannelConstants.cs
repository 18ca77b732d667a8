using ModelSlim.Core.Graphs;

namespace ModelSlim.Evaluation.Repair;

/// <summary>Stored tensors that hold one value a channel.</summary>
/// <param name="index">The graph.</param>
internal sealed class ChannelConstants(GraphIndex index)
{
    /// <summary>Which element of a constant each channel reads where the constant is broadcast to a layer's output.</summary>
    /// <param name="name">The constant.</param>
    /// <param name="layout">The layer.</param>
    /// <returns>A place a channel; null where the value is computed, or differs from row to row.</returns>
    public int[]? Reads(string name, LayerLayout layout)
    {
        if (index.Constant(name) is not { IsFloatingPoint: true } tensor || tensor.Shape.Length > layout.OutputShape.Length)
        {
            return null;
        }

        int[] reads = [0];
        var stride = 1;
        var strides = new int[layout.OutputShape.Length];
        for (var axis = layout.OutputShape.Length - 1; axis >= layout.OutputShape.Length - tensor.Shape.Length; axis--)
        {
            var extent = tensor.Shape[axis - layout.OutputShape.Length + tensor.Shape.Length];
            if (extent != 1 && (extent != layout.OutputShape[axis] || !layout.ChannelAxes.Contains(axis)))
            {
                return null;
            }

            strides[axis] = extent == 1 ? 0 : stride;
            stride *= extent;
        }

        foreach (var axis in layout.ChannelAxes)
        {
            reads = [.. reads.SelectMany(read => Enumerable.Range(0, layout.OutputShape[axis]).Select(i => read + (i * strides[axis])))];
        }

        return reads;
    }

    /// <summary>The values that channels read; null where the value is computed.</summary>
    public double[]? Values(string name, int[] reads) => index.Constant(name) is { IsFloatingPoint: true } tensor
        ? Values(tensor.ToSingles(), reads)
        : null;

    /// <summary>A place for an intercept; null where the constant is not this layer's own, or channels share a value.</summary>
    public InterceptPlace? Place(string name, int[] reads, double[] factors) =>
        reads.Distinct().Count() == reads.Length && index.Consumers(name).Count == 1 && !index.IsOutput(name)
            ? new InterceptPlace(name, reads, factors)
            : null;

    /// <summary>Factor and addend of a BatchNormalization; null where they are computed, or it trains.</summary>
    public (double[] Scale, double[] Shift)? Normalization(Node node)
    {
        var parts = Enumerable.Range(1, 4).Select(i => index.Constant(node.Input(i))).ToArray();
        if (parts.Any(part => part is not { IsFloatingPoint: true }) || node.GetInt("training_mode", 0) != 0)
        {
            return null;
        }

        var values = parts.Select(part => part!.ToSingles()).ToArray();
        var epsilon = node.GetFloat("epsilon", 1e-5f);
        var scale = values[0].Zip(values[3], (gamma, variance) => gamma / Math.Sqrt((double)variance + epsilon)).ToArray();
        var shift = values[1].Select((beta, i) => beta - (values[2][i] * scale[i])).ToArray();
        return (scale, shift);
    }

    private static double[] Values(float[] values, int[] reads) => Array.ConvertAll(reads, read => (double)values[read]);
}
