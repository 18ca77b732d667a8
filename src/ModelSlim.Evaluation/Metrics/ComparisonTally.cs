using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Evaluation.Metrics;

/// <summary>Counts over some samples, from which a comparison follows. Labels are those of the first output.</summary>
internal sealed record ComparisonTally
{
    private const int Top = 5;

    private int Samples { get; init; }

    private bool Labelled { get; init; }

    private int OriginalTop1 { get; init; }

    private int OriginalTop5 { get; init; }

    private int SlimTop1 { get; init; }

    private int SlimTop5 { get; init; }

    private ImmutableArray<OutputTally> Outputs { get; init; } = [];

    /// <summary>Counts a batch.</summary>
    /// <param name="original">The original's outputs, [output][sample][values]; at least one output.</param>
    /// <param name="slim">The slim model's.</param>
    /// <param name="labels">A label a sample, or none.</param>
    public static Result<ComparisonTally> Of(float[][][] original, float[][][] slim, int[] labels)
    {
        var outputs = original.Zip(slim, (expected, actual) => expected.Zip(actual)
            .Aggregate(new OutputTally(), (tally, sample) => tally.With(sample.First, sample.Second)));
        var counted = new ComparisonTally { Samples = original[0].Length, Labelled = labels.Length > 0, Outputs = [.. outputs] };
        for (var row = 0; row < labels.Length; row++)
        {
            var (expected, actual, label) = (original[0][row], slim[0][row], labels[row]);
            if (label < 0 || label >= expected.Length || label >= actual.Length)
            {
                return DiagnosticCodes.OutputUnmeasurable.Says(
                    $"a label is {label}, but the model has {Math.Min(expected.Length, actual.Length)} outputs; check data.eval");
            }

            counted = counted with
            {
                OriginalTop1 = counted.OriginalTop1 + (Ranking.IsAmong(expected, label, 1) ? 1 : 0),
                OriginalTop5 = counted.OriginalTop5 + (Ranking.IsAmong(expected, label, Top) ? 1 : 0),
                SlimTop1 = counted.SlimTop1 + (Ranking.IsAmong(actual, label, 1) ? 1 : 0),
                SlimTop5 = counted.SlimTop5 + (Ranking.IsAmong(actual, label, Top) ? 1 : 0),
            };
        }

        return counted;
    }

    /// <summary>Both counts together.</summary>
    public ComparisonTally Plus(ComparisonTally other) => new()
    {
        Samples = Samples + other.Samples,
        Labelled = Labelled && other.Labelled,
        OriginalTop1 = OriginalTop1 + other.OriginalTop1,
        OriginalTop5 = OriginalTop5 + other.OriginalTop5,
        SlimTop1 = SlimTop1 + other.SlimTop1,
        SlimTop5 = SlimTop5 + other.SlimTop5,
        Outputs = [.. Outputs.Zip(other.Outputs, (one, next) => one.Plus(next))],
    };

    /// <summary>The figures that follow.</summary>
    public Comparison ToComparison() => new()
    {
        Samples = Samples,
        Original = Labelled ? new ClassHits((double)OriginalTop1 / Samples, (double)OriginalTop5 / Samples) : null,
        Slim = Labelled ? new ClassHits((double)SlimTop1 / Samples, (double)SlimTop5 / Samples) : null,
        Agreement = Outputs.Min(output => output.Agreement),
        Mse = Outputs.Max(output => output.Mse),
        MaxError = Outputs.Max(output => output.MaxError),
    };
}
