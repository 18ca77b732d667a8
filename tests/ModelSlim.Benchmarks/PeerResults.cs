using System.Globalization;

namespace ModelSlim.Benchmarks;

/// <summary>Accuracies that others reached with the same nets and data.</summary>
internal sealed class PeerResults
{
    // What they call the method that is a recipe's slimming.
    private const string Slimming = "bn";

    private readonly ILookup<(string Net, int Removed, int Epochs), (string Method, double Accuracy)> accuracies;

    /// <summary>Reads <c>torch-pruning.csv</c>.</summary>
    public PeerResults() => accuracies = File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "torch-pruning.csv"))
        .Where(line => !line.StartsWith('#'))
        .Skip(1)
        .Select(line => line.Split(','))
        .ToLookup(
            cells => (cells[0], int.Parse(cells[2], CultureInfo.InvariantCulture), int.Parse(cells[3], CultureInfo.InvariantCulture)),
            cells => (cells[1], double.Parse(cells[4], CultureInfo.InvariantCulture)));

    /// <summary>
    /// The best that is known of any of their methods, and where training decides what goes of the same one; nothing where nothing is.
    /// BatchNormalization folded or kept is the same net to a peer.
    /// </summary>
    /// <param name="what">What is compared.</param>
    public double? Best(AccuracyCase what)
    {
        var known = accuracies[(what.Net.Replace("-folded", "", StringComparison.Ordinal), what.Removed, what.Epochs)]
            .Where(row => !what.Sparsifies || (what.Method == "slimming" && row.Method == Slimming))
            .Select(row => row.Accuracy)
            .ToArray();
        return known is [] ? null : known.Max();
    }
}
