using System.Globalization;

namespace ModelSlim.Benchmarks;

/// <summary>Accuracies that others reached with the same nets and data.</summary>
internal sealed class PeerResults
{
    private readonly ILookup<(string Net, int Removed, int Epochs), double> accuracies;

    /// <summary>Reads <c>torch-pruning.csv</c>.</summary>
    public PeerResults() => accuracies = File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "torch-pruning.csv"))
        .Where(line => !line.StartsWith('#'))
        .Skip(1)
        .Select(line => line.Split(','))
        .ToLookup(
            cells => (cells[0], int.Parse(cells[2], CultureInfo.InvariantCulture), int.Parse(cells[3], CultureInfo.InvariantCulture)),
            cells => double.Parse(cells[4], CultureInfo.InvariantCulture));

    /// <summary>The best that is known; nothing where nothing is. BatchNormalization folded or kept is the same net to a peer.</summary>
    public double? Best(string net, int removed, int epochs)
    {
        var known = accuracies[(net.Replace("-folded", "", StringComparison.Ordinal), removed, epochs)].ToArray();
        return known is [] ? null : known.Max();
    }
}
