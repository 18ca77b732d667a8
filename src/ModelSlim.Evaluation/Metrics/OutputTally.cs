namespace ModelSlim.Evaluation.Metrics;

/// <summary>Counts over some samples of one output.</summary>
internal sealed record OutputTally
{
    // A root mean square below this is nothing that an error could be relative to.
    private const double LeastSquare = 1e-12;

    private int Samples { get; init; }

    private int Agreeing { get; init; }

    private double SquaredError { get; init; }

    private double SquaredOutput { get; init; }

    private long Values { get; init; }

    private double LargestError { get; init; }

    private double LargestOutput { get; init; }

    /// <summary>Fraction of samples with the largest value at the same place.</summary>
    public double Agreement => (double)Agreeing / Samples;

    /// <summary>Mean squared difference, relative to the mean square of the original.</summary>
    public double Mse => SquaredError / Math.Max(SquaredOutput, Math.Max(1, Values) * LeastSquare);

    /// <summary>Largest difference, relative to the original's largest value.</summary>
    public double MaxError => LargestError / Math.Max(LargestOutput, double.Epsilon);

    /// <summary>Both counts together.</summary>
    public OutputTally Plus(OutputTally other) => new()
    {
        Samples = Samples + other.Samples,
        Agreeing = Agreeing + other.Agreeing,
        SquaredError = SquaredError + other.SquaredError,
        SquaredOutput = SquaredOutput + other.SquaredOutput,
        Values = Values + other.Values,
        LargestError = Math.Max(LargestError, other.LargestError),
        LargestOutput = Math.Max(LargestOutput, other.LargestOutput),
    };

    /// <summary>
    /// Counts a sample. Where the number of values depends on the data, as behind NonMaxSuppression, the shorter output is taken
    /// to go on with zeros, and does not agree.
    /// </summary>
    public OutputTally With(float[] original, float[] slim)
    {
        double error = 0, square = 0, largest = 0, output = 0;
        for (var i = 0; i < Math.Max(original.Length, slim.Length); i++)
        {
            var (expected, actual) = (i < original.Length ? original[i] : 0, i < slim.Length ? slim[i] : 0);
            var difference = expected.Equals(actual) ? 0 : Math.Abs((double)expected - actual);
            difference = double.IsNaN(difference) ? double.PositiveInfinity : difference;
            error += difference * difference;
            square += (double)expected * expected;
            largest = Math.Max(largest, difference);
            output = Math.Max(output, Math.Abs(expected));
        }

        var agrees = original.Length == slim.Length && (original.Length == 0 || Ranking.IsAmong(slim, Ranking.Largest(original), 1));
        return this with
        {
            Samples = Samples + 1,
            Agreeing = Agreeing + (agrees ? 1 : 0),
            SquaredError = SquaredError + error,
            SquaredOutput = SquaredOutput + square,
            Values = Values + original.Length,
            LargestError = Math.Max(LargestError, largest),
            LargestOutput = Math.Max(LargestOutput, output),
        };
    }
}
