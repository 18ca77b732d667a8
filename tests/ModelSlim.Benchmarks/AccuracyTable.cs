using System.Globalization;

namespace ModelSlim.Benchmarks;

/// <summary>Writes measured rows as a Markdown table: accuracies in percent, mean and standard deviation over the seeds.</summary>
/// <param name="peers">What others reached.</param>
internal sealed class AccuracyTable(PeerResults peers)
{
    /// <summary>The head of the table.</summary>
    public static string Head { get; } = """
        | Net | Method | MACs less | Original | After the cut | Repaired | in seconds | Epochs | Fine-tuned | Torch-Pruning's best | MACs | Speed-up |
        |---|---|---|---|---|---|---|---|---|---|---|---|
        """;

    /// <summary>One row.</summary>
    /// <param name="what">What was measured.</param>
    /// <param name="runs">One run a seed.</param>
    public string Row(AccuracyCase what, IReadOnlyList<AccuracyRun> runs)
    {
        var peer = peers.Best(what) is { } best ? string.Create(CultureInfo.InvariantCulture, $"{100 * best:F2}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"| {what.Net} | {what.Method} | {what.Removed}% | {100 * runs[0].Original:F2} | {SpreadOf(run => run.Cut)} | ")
            + string.Create(CultureInfo.InvariantCulture, $"{SpreadOf(run => run.Repaired)} | {runs.Average(run => run.SecondsToRepair):F0} | {what.Epochs} | {SpreadOf(run => run.Tuned)} | {peer} | ")
            + string.Create(CultureInfo.InvariantCulture, $"1/{runs.Average(run => run.MacsRatio):F2} | {runs.Average(run => run.Speedup):F2} |");

        string SpreadOf(Func<AccuracyRun, double?> figure) =>
            runs.Select(figure).OfType<double>().ToArray() is { Length: > 0 } figures ? Spread.Of(figures).ToString() : "";
    }
}
