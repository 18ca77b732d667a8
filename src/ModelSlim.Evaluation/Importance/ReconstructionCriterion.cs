namespace ModelSlim.Evaluation.Importance;

/// <summary>
/// The error of the readers, their other weights solved anew, that each channel adds when it goes after those that go before it
/// (<see cref="ChannelElimination"/>).
/// </summary>
internal sealed class ReconstructionCriterion : IActivationCriterion
{
    /// <inheritdoc/>
    public double[] Score(IReadOnlyList<ReaderMoments> readers, int channels, CancellationToken cancellation)
    {
        var (order, errors) = new ChannelElimination(readers, channels).Run(cancellation);
        var scores = new double[channels];
        var last = 0.0;
        for (var step = 0; step < channels; step++)
        {
            // Never less than the one before, so that the order by score is the order they go.
            last = Math.Max(Math.BitIncrement(last), errors[step]);
            scores[order[step]] = last;
        }

        return scores;
    }
}
