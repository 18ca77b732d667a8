using ModelSlim.Core.Diagnostics;
using ModelSlim.Training.Checkpoints;

namespace ModelSlim.Training.FineTuning;

/// <summary>Adds up how an epoch goes, and tells it with the time left, twice a second at the most.</summary>
internal sealed class TuningProgress
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly IProgress<StageProgress> progress;
    private readonly TimeProvider time;
    private readonly string stage;
    private readonly TrainingLength length;
    private readonly long start;
    private long epochStart;
    private long told;
    private double loss;
    private long hits;
    private long samples;
    private bool classifier;
    private int resumed;
    private TimeSpan before;

    /// <summary>Starts the clock.</summary>
    /// <param name="progress">Is told.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stage">Name of the stage.</param>
    /// <param name="length">How many steps there are.</param>
    public TuningProgress(IProgress<StageProgress> progress, TimeProvider time, string stage, TrainingLength length)
    {
        this.progress = progress;
        this.time = time;
        this.stage = stage;
        this.length = length;
        start = epochStart = told = time.GetTimestamp();
    }

    /// <summary>Adds a step.</summary>
    /// <param name="epoch">Its epoch, from 0.</param>
    /// <param name="step">Its place in the epoch, from 0.</param>
    /// <param name="outcome">How it went.</param>
    public void Add(int epoch, int step, StepOutcome outcome)
    {
        loss += outcome.Loss * outcome.Samples;
        hits += outcome.Hits ?? 0;
        samples += outcome.Samples;
        classifier = outcome.Hits is not null;
        var done = (epoch * length.PerEpoch) + step + 1;
        var total = length.Total;
        if (done < total && time.GetElapsedTime(told) < Pause)
        {
            return;
        }

        told = time.GetTimestamp();
        var left = time.GetElapsedTime(start) * ((double)(total - done) / (done - resumed));
        var accuracy = classifier ? $", accuracy {(double)hits / samples:0.0%}" : "";
        progress.Report(new StageProgress(
            stage, done, total, $"epoch {epoch + 1} of {length.Epochs}, loss {loss / samples:0.0000}{accuracy}", left));
    }

    /// <summary>Writes how the epoch goes so far.</summary>
    public void Save(StateWriter writer) =>
        writer.Write(new State(loss, hits, samples, classifier, before + time.GetElapsedTime(epochStart)));

    /// <summary>Goes on from there.</summary>
    /// <param name="reader">Where it is written.</param>
    /// <param name="done">Steps that were taken before.</param>
    public void Load(StateReader reader, int done)
    {
        (loss, hits, samples, classifier, before) = reader.Read<State>();
        resumed = done;
        progress.Report(new StageProgress(stage, done, length.Total, "goes on where it was"));
    }

    /// <summary>Closes an epoch.</summary>
    /// <param name="epoch">Which one, from 0.</param>
    /// <param name="validation">Its score on held-out samples; null where none are held out.</param>
    public EpochSummary Finish(int epoch, double? validation)
    {
        var summary = new EpochSummary(
            epoch + 1,
            loss / samples,
            classifier ? (double)hits / samples : null,
            (before + time.GetElapsedTime(epochStart)).TotalSeconds,
            validation);
        (loss, hits, samples, before) = (0, 0, 0, TimeSpan.Zero);
        epochStart = time.GetTimestamp();
        return summary;
    }

    private sealed record State(double Loss, long Hits, long Samples, bool Classifier, TimeSpan Time);
}
