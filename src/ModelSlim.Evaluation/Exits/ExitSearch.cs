using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Exits;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Metrics;

namespace ModelSlim.Evaluation.Exits;

/// <summary>
/// Fits a head at every place on some samples, and chooses its threshold on others; then at the best places again, on many samples.
/// Heads learn what the model itself says (Hinton et al. 2015, "Distilling the Knowledge in a Neural Network"), and labels where there
/// are some.
/// </summary>
/// <param name="reader">Runs the model on samples.</param>
/// <param name="fitter">Fits heads.</param>
public sealed class ExitSearch(ExitSampleReader reader, HeadFitter fitter)
{
    private const int FewSamples = 6144;
    private const int ManySamples = 40960;
    private const int BestPlaces = 3;
    private const double LabelShare = 0.5;
    private const int FiveBest = 5;

    /// <summary>Searches.</summary>
    /// <param name="task">What for.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The exits; MSLIM5007 where the output holds no scores of classes of which one is right.</returns>
    public Result<FoundExits> Run(ExitTask task, IProgress<StageProgress> progress, CancellationToken cancellation) =>
        Run(task, FewSamples, progress, cancellation).Then(found => found.Candidates.IsEmpty || task.Samples.Count <= FewSamples
            ? found
            : Run(
                task with { Places = [.. found.Candidates.Take(BestPlaces).Select(candidate => candidate.Exit.Place)] }, ManySamples, progress, cancellation));

    private Result<FoundExits> Run(ExitTask task, int most, IProgress<StageProgress> progress, CancellationToken cancellation) =>
        reader.Read(task.Model, task.Trace, task.Places, task.Samples, most, task.Seed, progress, cancellation).Then(samples =>
            Original(task, samples, progress, cancellation).Then(original => Run(task, samples, original, progress, cancellation)));

    private Result<FoundExits> Run(
        ExitTask task, ExitSamples samples, ExitSamples original, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        if (ClassScores.Of(samples.Outputs) is not { } kind)
        {
            return DiagnosticCodes.ExitUnsupported.At(
                task.Location, "samples cannot leave the model early: its output holds no scores of classes of which one is right; use method: channels");
        }

        var half = samples.Places.Count / 2;
        var (fitted, heldBack) = (samples.Part(0, half), samples.Part(half, samples.Places.Count - half));
        var lost = Math.Max(0, heldBack.Outputs.Select((output, i) => Loss(original.Outputs[half + i], output, LabelOf(heldBack, i), task.Metric)).Average());
        task = task with { AllowedDrop = task.AllowedDrop - lost };
        double[][] targets =
        [
            .. fitted.Outputs.Select((scores, i) => Target(ClassScores.Probabilities(kind, scores), LabelOf(fitted, i))),
        ];
        var found = new List<ExitCandidate>();
        for (var i = 0; i < task.Places.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(new StageProgress("exit", i, task.Places.Length));
            if (fitter.Fit(fitted.Features[i], targets) is { } head && At(task, i, head, heldBack, kind) is { } candidate && candidate.Macs < task.Macs)
            {
                found.Add(candidate);
            }
        }

        return new FoundExits([.. found.OrderBy(candidate => candidate.Macs)], heldBack, task.AllowedDrop, lost);
    }

    // The same samples, seen by the model that the drop is counted from.
    private Result<ExitSamples> Original(ExitTask task, ExitSamples samples, IProgress<StageProgress> progress, CancellationToken cancellation) =>
        task.Original is var (model, trace)
            ? reader.Read(model, trace, [], task.Samples, samples.Places.Count, task.Seed, progress, cancellation)
            : samples;

    private static int? LabelOf(ExitSamples samples, int sample) => samples.Labels.Count > 0 ? samples.Labels[sample] : null;

    private static ExitCandidate? At(ExitTask task, int place, ExitHead head, ExitSamples heldBack, ScoreKind kind)
    {
        var scores = HeadScores.Of(head, heldBack.Features[place]);
        int[] losses =
        [
            .. heldBack.Outputs.Select((output, i) => Loss(output, Array.ConvertAll(scores.Logits[i], logit => (float)logit), LabelOf(heldBack, i), task.Metric)),
        ];
        if (ExitThreshold.Choose(scores.Confidence, losses, task.AllowedDrop) is not { } threshold)
        {
            return null;
        }

        var before = task.Places[place].MacsBefore;
        return new ExitCandidate(
            new EarlyExit(task.Places[place], head, threshold.Value, kind), threshold, scores, before + head.Macs + (long)((1 - threshold.Rate) * (task.Macs - before)));
    }

    private static double[] Target(double[] teacher, int? label) => label is not { } known
        ? teacher
        : [.. teacher.Select((share, c) => ((1 - LabelShare) * share) + (c == known ? LabelShare : 0))];

    private static int Loss(float[] original, float[] early, int? label, Metric metric)
    {
        if (label is not { } known || metric is not (Metric.Accuracy or Metric.Top5))
        {
            return Ranking.Largest(original) == Ranking.Largest(early) ? 0 : 1;
        }

        var top = metric == Metric.Top5 ? FiveBest : 1;
        return (Ranking.IsAmong(original, known, top) ? 1 : 0) - (Ranking.IsAmong(early, known, top) ? 1 : 0);
    }
}
