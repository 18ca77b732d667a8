using System.Collections.Immutable;
using ModelSlim.Training.Checkpoints;
using ModelSlim.Training.Modules;

namespace ModelSlim.Training.FineTuning;

/// <summary>
/// Keeps the epoch that does best on held-out samples: the latest one that is not clearly below the highest, since by the
/// schedule later is better, and single samples decide little. Where weights are averaged, the average is judged too, after
/// the weights themselves.
/// </summary>
internal sealed class EpochSelection : IDisposable
{
    private readonly HeldOutExam exam;
    private readonly WeightAverage? average;
    private readonly int? patience;
    private readonly ModuleSnapshot kept;
    private HeldOutScore? highest;
    private int stale;

    /// <summary>Starts with nothing kept.</summary>
    /// <param name="student">The student.</param>
    /// <param name="exam">Judges it.</param>
    /// <param name="average">Its average; null where there is none.</param>
    /// <param name="patience">Epochs in a row without a higher score that end the training; null for no end.</param>
    public EpochSelection(GraphModule student, HeldOutExam exam, WeightAverage? average, int? patience)
    {
        this.exam = exam;
        this.average = average;
        this.patience = patience;
        kept = new ModuleSnapshot(student);
    }

    /// <summary>Which epoch is kept.</summary>
    public KeptEpoch? Kept { get; private set; }

    /// <summary>True where patience is at its end.</summary>
    public bool IsOver => stale >= patience;

    /// <summary>Judges an epoch at its end.</summary>
    /// <param name="epoch">Which one, from 1.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The score of the weights themselves.</returns>
    public double Judge(int epoch, CancellationToken cancellation)
    {
        var before = highest;
        var score = Consider(epoch, averaged: false, cancellation);
        if (average is not null)
        {
            average.Swap();
            Consider(epoch, averaged: true, cancellation);
            average.Swap();
        }

        stale = ReferenceEquals(before, highest) ? stale + 1 : 0;
        return score;
    }

    /// <summary>Writes what it knows of the epochs so far.</summary>
    public void Save(StateWriter writer)
    {
        writer.Write(new State(Kept, highest?.Values ?? [], stale));
        writer.WriteTensors(kept.Tensors);
    }

    /// <summary>Goes on from there.</summary>
    public void Load(StateReader reader)
    {
        (Kept, var values, stale) = reader.Read<State>();
        highest = Kept is null ? null : new HeldOutScore(values);
        reader.ReadTensors(kept.Tensors);
    }

    /// <summary>Gives the student what was kept.</summary>
    public void Restore() => kept.Restore();

    /// <inheritdoc/>
    public void Dispose() => kept.Dispose();

    private double Consider(int epoch, bool averaged, CancellationToken cancellation)
    {
        var score = exam.Run(cancellation);
        if (highest is null || !score.IsClearlyBelow(highest))
        {
            kept.Take();
            Kept = new KeptEpoch(epoch, averaged, exam.Samples, score.Mean);
        }

        highest = highest is null || score.Mean > highest.Mean ? score : highest;
        return score.Mean;
    }

    private sealed record State(KeptEpoch? Kept, ImmutableArray<float> Highest, int Stale);
}
