using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Costs;

/// <summary>Which tensors hold means and variances that a normalization uses: they are stored, but are no parameters.</summary>
/// <param name="catalog">What is known about operators.</param>
public sealed class StoredStatistics(OperatorCatalog catalog)
{
    /// <summary>Names of them, of those too that nodes in branches and bodies read.</summary>
    /// <param name="graph">The graph.</param>
    public IReadOnlySet<string> Of(Graph graph) => Read(graph).ToHashSet(StringComparer.Ordinal);

    private IEnumerable<string> Read(Graph graph) => graph.Nodes.SelectMany(node =>
        (catalog.Find(node) is { } op ? node.Inputs.Where((name, input) => name.Length > 0 && op.IsStatistic(input)) : []).Concat(node.Subgraphs.SelectMany(Read)));
}
