using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Exits;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Metrics;

namespace ModelSlim.Evaluation.Exits;

/// <summary>
/// Fits a head at every place on some samples, and chooses its threshold on others: heads learn what the model itself says (Hinton et
/// al. 2015, "Distilling the Knowledge in a Neural Network"), and labels where there are some.
/// </summary>
/// <param name="fitter">Fits heads.</param>
public sealed class ExitSearch(HeadFitter fitter)
{
    private const double LabelShare = 0.5;
    private const int FiveBest = 5;

    /// <summary>How many of some samples heads are fitted on; the others are held back for thresholds.</summary>
    public static int Fitted(int samples) => samples / 2;

    /// <summary>Searches.</summary>
    /// <param name="places">The places.</param>
    /// <param name="fitted">Samples to fit on.</param>
    /// <param name="heldBack">Samples to choose thresholds on.</param>
    /// <param name="metric">What drops: accuracy or top5 where there are labels, or agreement.</param>
    /// <param name="allowed">By how much it may, as a fraction.</param>
    /// <param name="macs">Multiply-accumulates of the whole model.</param>
    /// <param name="progress">Is told how many places are done.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Exits that hold the drop and save multiply-accumulates, those first that save most; none where no place does.</returns>
    public ImmutableArray<ExitCandidate> Run(
        IReadOnlyList<ExitPlace> places,
        ExitSamples fitted,
        ExitSamples heldBack,
        Metric metric,
        double allowed,
        long macs,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        if (ClassScores.Of(fitted.Outputs) is not { } kind)
        {
            return [];
        }

        double[][] targets = [.. fitted.Outputs.Select((scores, i) => Target(ClassScores.Probabilities(kind, scores), fitted.Labels.Count > 0 ? fitted.Labels[i] : null))];
        var found = new List<ExitCandidate>();
        for (var i = 0; i < places.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(new StageProgress("exit", i, places.Count));
            if (fitter.Fit(fitted.Features[i], targets) is { } head)
            {
                var scores = HeadScores.Of(head, heldBack.Features[i]);
                int[] losses = [.. heldBack.Outputs.Select((output, sample) => Loss(output, scores.Logits[sample], heldBack.Labels.Count > 0 ? heldBack.Labels[sample] : null, metric))];
                if (ExitThreshold.Choose(scores.Confidence, losses, allowed) is { } threshold)
                {
                    var expected = places[i].MacsBefore + head.Macs + (long)((1 - threshold.Rate) * (macs - places[i].MacsBefore));
                    found.Add(new ExitCandidate(new EarlyExit(places[i], head, threshold.Value, kind), threshold, scores, expected));
                }
            }
        }

        return [.. found.Where(candidate => candidate.Macs < macs).OrderBy(candidate => candidate.Macs)];
    }

    private static double[] Target(double[] teacher, int? label) => label is not { } known
        ? teacher
        : [.. teacher.Select((share, c) => ((1 - LabelShare) * share) + (c == known ? LabelShare : 0))];

    private static int Loss(float[] original, double[] head, int? label, Metric metric)
    {
        var early = Array.ConvertAll(head, logit => (float)logit);
        if (label is not { } known || metric is not (Metric.Accuracy or Metric.Top5))
        {
            return Ranking.Largest(original) == Ranking.Largest(early) ? 0 : 1;
        }

        var top = metric == Metric.Top5 ? FiveBest : 1;
        return (Ranking.IsAmong(original, known, top) ? 1 : 0) - (Ranking.IsAmong(early, known, top) ? 1 : 0);
    }
}
