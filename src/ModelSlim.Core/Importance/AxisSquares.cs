using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Importance;

/// <summary>Sum of the squares of a weight's numbers at each index of an axis.</summary>
/// <param name="Sums">The sum at each index.</param>
/// <param name="Mean">Mean of the sums.</param>
internal sealed record AxisSquares(double[] Sums, double Mean)
{
    /// <summary>Reads a weight through.</summary>
    public static AxisSquares Of(TensorData weight, int axis)
    {
        var values = weight.AsSingles();
        var sums = new double[weight.Shape[axis]];
        var run = (int)TensorData.Count(weight.Shape[(axis + 1)..]);
        for (var start = 0; start < values.Length;)
        {
            for (var index = 0; index < sums.Length; index++, start += run)
            {
                var sum = 0.0;
                foreach (var value in values.Slice(start, run))
                {
                    sum += (double)value * value;
                }

                sums[index] += sum;
            }
        }

        return new AxisSquares(sums, sums.Average());
    }
}
