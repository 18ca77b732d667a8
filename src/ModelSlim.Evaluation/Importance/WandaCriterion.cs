namespace ModelSlim.Evaluation.Importance;

/// <summary>
/// Norm of a channel's weights at its readers times norm of the channel: the root of the summed squares of weights times the
/// mean squares of what they multiply (Sun et al. 2024, "A simple and effective pruning approach for large language models",
/// equation 1, on whole channels).
/// </summary>
internal sealed class WandaCriterion : IActivationCriterion
{
    /// <inheritdoc/>
    public double[] Score(IReadOnlyList<ReaderMoments> readers, int channels, CancellationToken cancellation)
    {
        var squares = new double[channels];
        foreach (var reader in readers)
        {
            for (var channel = 0; channel < channels; channel++)
            {
                foreach (var column in reader.Columns[channel])
                {
                    var weights = reader.Weights.AsSpan(column * reader.Outputs, reader.Outputs);
                    var sum = 0.0;
                    foreach (var weight in weights)
                    {
                        sum += weight * weight;
                    }

                    squares[channel] += sum * reader.Moments.Products[(column * reader.Moments.Width) + column] / reader.Moments.Count;
                }
            }
        }

        return Array.ConvertAll(squares, Math.Sqrt);
    }
}
