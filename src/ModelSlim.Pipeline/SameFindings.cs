using ModelSlim.Core.Costs;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Pipeline;

/// <summary>
/// Counts a slim model for as many things as were found when its original was counted: the two find other boxes in what they are
/// traced on, and what layers compute of each would be told from what was cut by nobody.
/// </summary>
/// <param name="catalog">What is known about operators.</param>
internal sealed class SameFindings(OperatorCatalog catalog)
{
    /// <summary>By how much its multiply-accumulates differ from those that it was traced with.</summary>
    /// <param name="original">The original.</param>
    /// <param name="slim">The slim model.</param>
    /// <returns>0 where no size hangs on what is found.</returns>
    public long Difference(ModelAnalysis original, ModelAnalysis slim) =>
        original.Dependencies.SettledOutputs.IsDefault ? 0 : slim.Model.Graph.Nodes.Sum(node =>
            original.Index.Producer(node.Outputs[0]) is { } twin && twin.OpType == node.OpType && Weights(twin, original) is { } whole && Weights(node, slim) is { } left
                ? (Macs(twin, original) / whole * left) - Macs(node, slim)
                : 0);

    // A layer multiplies each of its weights once for each place.
    private static long? Weights(Node node, ModelAnalysis of) => node.Inputs.Select(of.Index.Constant)
        .Where(stored => stored is { IsFloatingPoint: true, Shape.Length: > 1, Length: > 0 }).Select(stored => (long?)stored!.Length).FirstOrDefault();

    private long Macs(Node node, ModelAnalysis of) => new CostModel(catalog).Macs(node, of.Index, of.Trace);
}
