using ModelSlim.Evaluation.Repair;

namespace ModelSlim.Evaluation.Importance;

/// <summary>What one reader, or one of its convolution groups, sums up over the channels of a group, and what it makes of them.</summary>
/// <param name="Moments">Of its columns.</param>
/// <param name="Weights">[K, M], row-major, in units of the value that the reader leads to.</param>
/// <param name="Columns">For each channel: its columns.</param>
/// <param name="IsCentred">True where the mean of what goes can be made up for.</param>
internal sealed record ReaderMoments(SecondMoments Moments, double[] Weights, int[][] Columns, bool IsCentred)
{
    /// <summary>M.</summary>
    public int Outputs => Weights.Length / Moments.Columns;

    /// <summary>Mean product of two columns, less that of the means where those are made up for.</summary>
    public double Product(int one, int other) => Moments.Mean(one, other, IsCentred);
}
