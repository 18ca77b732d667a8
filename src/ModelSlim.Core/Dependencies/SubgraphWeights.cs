using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Dependencies;

/// <summary>Finds weights that no channel group reaches, since they lie inside the branches of If or the bodies of Loop and Scan.</summary>
internal static class SubgraphWeights
{
    /// <summary>A refusal for each node whose subgraphs store floating-point tensors with axes, in graph order.</summary>
    public static IEnumerable<Refusal> Refuse(Graph graph) => graph.Nodes
        .Where(node => node.Subgraphs.Any(Stores))
        .Select(node => new Refusal(node.Label, "what its subgraphs store stays as it is", ImmutableArray<Axes.AxisRef>.Empty, 0));

    private static bool Stores(Graph graph) =>
        new GraphIndex(graph).Constants.Values.Any(tensor => tensor is { IsFloatingPoint: true, Shape.Length: > 0 })
        || graph.Nodes.SelectMany(node => node.Subgraphs).Any(Stores);
}
