using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Importance;
using ModelSlim.Evaluation.Calibration;
using ModelSlim.Evaluation.Repair;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Evaluation.Importance;

/// <summary>
/// Scores channels, without labels, by what the layers that read them make of them on samples. Scores are errors of those
/// layers' results, relative to how much the results vary, so that groups can be compared.
/// </summary>
public sealed class ActivationScorer
{
    private readonly SessionFactory sessions;
    private readonly RepairSettings settings;

    /// <summary>Makes a scorer.</summary>
    public ActivationScorer(SessionFactory sessions, RepairSettings settings)
    {
        this.sessions = sessions;
        this.settings = settings;
    }

    /// <summary>Scores by <see cref="WandaCriterion"/>.</summary>
    /// <param name="task">The model and the samples.</param>
    /// <param name="progress">Is told how many groups are done.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>
    /// Scores of the groups that are read by layers with stored weights; MSLIM404x where the model does not run, and
    /// <see cref="DiagnosticCodes.ScoredByMagnitude"/> where there are too few samples.
    /// </returns>
    public Result<ImportanceScores> Wanda(ScoringTask task, IProgress<StageProgress>? progress, CancellationToken cancellation) =>
        Score(task, new WandaCriterion(), progress, cancellation);

    /// <summary>Scores by <see cref="ReconstructionCriterion"/>; otherwise like <see cref="Wanda"/>.</summary>
    public Result<ImportanceScores> Reconstruction(ScoringTask task, IProgress<StageProgress>? progress, CancellationToken cancellation) =>
        Score(task, new ReconstructionCriterion(), progress, cancellation)
            .Then<ImportanceScores>(scores => scores with { AreComparable = true });

    private Result<ImportanceScores> Score(
        ScoringTask task, IActivationCriterion criterion, IProgress<StageProgress>? progress, CancellationToken cancellation) =>
        task.Calibration.Count < CalibrationReader.FewestSamples
            ? DiagnosticCodes.ScoredByMagnitude.Says(
                $"there are {task.Calibration.Count} calibration samples, too few to score channels by; give at least {CalibrationReader.FewestSamples}")
            : new CalibratedModels(sessions, settings).Open(task.Model, task.Trace, task.Calibration, cancellation)
                .Then(opened => Walk(task, opened, criterion, progress, cancellation));

    private Result<ImportanceScores> Walk(
        ScoringTask task, CalibratedModels.Single opened, IActivationCriterion criterion, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        var groups = task.Dependencies.Groups;
        var readers = new ReaderFinder().Find(opened.Model.Graph, task.Trace, task.Dependencies);
        var walk = new GraphWalk(sessions, opened.Model, opened.Batches.Chunks, settings.Threads);
        var statistics = new ReaderStatistics(new GraphIndex(opened.Model.Graph), new ProductKernel(settings.Threads), settings.Seed);
        var scores = new Dictionary<string, ImmutableArray<double>>(StringComparer.Ordinal);
        var moments = readers.Select(_ => new List<ReaderMoments>()).ToArray();
        var order = readers.SelectMany((some, group) => some.Select(reader => (Group: group, Reader: reader)))
            .OrderBy(entry => walk.Place(entry.Reader.Site.Node))
            .ToArray();
        Array.ForEach(order, entry => Pinned(entry.Reader).ForEach(walk.Pin));
        foreach (var (group, reader) in order)
        {
            progress?.Report(new StageProgress("score", scores.Count, groups.Length, reader.Site.Node.Label));
            var reached = walk.AdvanceTo(Math.Max(walk.Place(reader.Site.Node), reader.Site.Goal is { } goal ? walk.Place(goal) + 1 : 0), cancellation);
            if (!reached.Succeeded)
            {
                return Result<ImportanceScores>.Failed(reached.Diagnostics);
            }

            moments[group].AddRange(statistics.Of(reader, walk));
            Pinned(reader).ForEach(walk.Release);
            if (ReferenceEquals(reader, readers[group][^1]) && moments[group].Count > 0)
            {
                scores[groups[group].Id] = [.. criterion.Score(moments[group], groups[group].Channels, cancellation)];
                moments[group].Clear();
            }
        }

        return new ImportanceScores(scores.ToImmutableDictionary(StringComparer.Ordinal));
    }

    private static List<string> Pinned(ChannelReader reader) =>
        reader.Site.Goal is { } goal ? [reader.Site.Input, goal] : [reader.Site.Input];
}
