using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Evaluation.Metrics;

/// <summary>Counts over some samples, from which a comparison follows.</summary>
internal sealed record ComparisonTally
{
    private const int Top = 5;

    private int Samples { get; init; }

    private bool Labelled { get; init; }

    private int OriginalTop1 { get; init; }

    private int OriginalTop5 { get; init; }

    private int SlimTop1 { get; init; }

    private int SlimTop5 { get; init; }

    private int Agreeing { get; init; }

    private double SquaredError { get; init; }

    private double SquaredOutput { get; init; }

    private double LargestError { get; init; }

    private double LargestOutput { get; init; }

    /// <summary>Counts a batch.</summary>
    public static Result<ComparisonTally> Of(float[][] original, float[][] slim, int[] labels)
    {
        var tally = new ComparisonTally { Samples = original.Length, Labelled = labels.Length > 0 };
        for (var row = 0; row < original.Length; row++)
        {
            if (original[row].Length != slim[row].Length)
            {
                return DiagnosticCodes.OutputsDiffer.Says(
                    $"the models have outputs of different sizes, {original[row].Length} and {slim[row].Length}; they are not two forms of one model");
            }

            if (labels.Length > 0 && (labels[row] < 0 || labels[row] >= original[row].Length))
            {
                return DiagnosticCodes.OutputUnmeasurable.Says(
                    $"a label is {labels[row]}, but the model has {original[row].Length} outputs; check data.eval");
            }

            tally = tally.With(original[row], slim[row], labels.Length > 0 ? labels[row] : -1);
        }

        return tally;
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
        Agreeing = Agreeing + other.Agreeing,
        SquaredError = SquaredError + other.SquaredError,
        SquaredOutput = SquaredOutput + other.SquaredOutput,
        LargestError = Math.Max(LargestError, other.LargestError),
        LargestOutput = Math.Max(LargestOutput, other.LargestOutput),
    };

    /// <summary>The figures that follow.</summary>
    public Comparison ToComparison() => new()
    {
        Samples = Samples,
        Original = Labelled ? new ClassHits((double)OriginalTop1 / Samples, (double)OriginalTop5 / Samples) : null,
        Slim = Labelled ? new ClassHits((double)SlimTop1 / Samples, (double)SlimTop5 / Samples) : null,
        Agreement = (double)Agreeing / Samples,
        Mse = SquaredError / Math.Max(SquaredOutput, double.Epsilon),
        MaxError = LargestError / Math.Max(LargestOutput, double.Epsilon),
    };

    private ComparisonTally With(float[] original, float[] slim, int label)
    {
        double error = 0, square = 0, largest = 0, output = 0;
        for (var i = 0; i < original.Length; i++)
        {
            var difference = original[i].Equals(slim[i]) ? 0 : Math.Abs((double)original[i] - slim[i]);
            difference = double.IsNaN(difference) ? double.PositiveInfinity : difference;
            error += difference * difference;
            square += (double)original[i] * original[i];
            largest = Math.Max(largest, difference);
            output = Math.Max(output, Math.Abs(original[i]));
        }

        return this with
        {
            OriginalTop1 = OriginalTop1 + Hit(original, label, 1),
            OriginalTop5 = OriginalTop5 + Hit(original, label, Top),
            SlimTop1 = SlimTop1 + Hit(slim, label, 1),
            SlimTop5 = SlimTop5 + Hit(slim, label, Top),
            Agreeing = Agreeing + Hit(slim, Largest(original), 1),
            SquaredError = SquaredError + error,
            SquaredOutput = SquaredOutput + square,
            LargestError = Math.Max(LargestError, largest),
            LargestOutput = Math.Max(LargestOutput, output),
        };
    }

    private static int Largest(float[] values)
    {
        var place = 0;
        for (var i = 1; i < values.Length; i++)
        {
            place = values[i] > values[place] ? i : place;
        }

        return place;
    }

    // 1 where fewer than that many values come before the label's; of equal values the first comes first.
    private static int Hit(float[] values, int label, int top)
    {
        if (label < 0)
        {
            return 0;
        }

        var before = 0;
        for (var i = 0; i < values.Length; i++)
        {
            before += values[i] > values[label] || (i < label && values[i].Equals(values[label])) ? 1 : 0;
        }

        return before < top ? 1 : 0;
    }
}
