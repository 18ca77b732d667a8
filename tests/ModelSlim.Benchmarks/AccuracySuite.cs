namespace ModelSlim.Benchmarks;

/// <summary>Which rows the table of accuracies has.</summary>
internal static class AccuracySuite
{
    private const string Channels = "channels";

    // Method, removed MACs in percent, and epochs. 0 is the original, fine-tuned in the same way: what training alone brings.
    private static readonly (string Method, int Removed, int Epochs)[] Rows =
    [
        (Channels, 0, 1), (Channels, 50, 1), (Channels, 75, 1), (Channels, 0, 3), (Channels, 50, 3),
        ("slimming", 50, 1), ("slimming", 75, 1), ("soft", 50, 1), ("soft", 75, 1),
    ];

    /// <summary>Measures every row of every net, and writes each when it is there.</summary>
    /// <param name="benchmark">What measures.</param>
    /// <param name="nets">Paths of the ONNX files.</param>
    /// <param name="seeds">Number of seeds a row.</param>
    /// <param name="output">Where the table goes.</param>
    public static void Run(AccuracyBenchmark benchmark, string[] nets, int seeds, TextWriter output)
    {
        var table = new AccuracyTable(new PeerResults());
        output.WriteLine(AccuracyTable.Head);
        foreach (var what in nets.SelectMany(net => Rows.Select(row => new AccuracyCase(net, row.Method, row.Removed, row.Epochs))))
        {
            output.WriteLine(table.Row(what, [.. Enumerable.Range(1, seeds).Select(seed => benchmark.Run(what, seed))]));
            output.Flush();
        }
    }
}
