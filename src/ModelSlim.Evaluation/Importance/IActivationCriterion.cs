namespace ModelSlim.Evaluation.Importance;

/// <summary>Makes scores of what the readers of a group read.</summary>
internal interface IActivationCriterion
{
    /// <summary>Scores the channels of a group.</summary>
    /// <param name="readers">Statistics of its readers.</param>
    /// <param name="channels">Number of its channels.</param>
    /// <param name="cancellation">Ends it.</param>
    double[] Score(IReadOnlyList<ReaderMoments> readers, int channels, CancellationToken cancellation);
}
