using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Dependencies;

/// <summary>Finds weights that no channel group reaches, since they lie inside the branches of If or the bodies of Loop and Scan, or are read there.</summary>
public static class SubgraphWeights
{
    /// <summary>True where there are such weights.</summary>
    /// <param name="index">The graph.</param>
    public static bool Any(GraphIndex index) => Refuse(index).Any();

    /// <summary>A refusal for each node whose subgraphs store or read floating-point tensors with axes, in graph order.</summary>
    /// <param name="index">The graph.</param>
    public static IEnumerable<Refusal> Refuse(GraphIndex index) =>
        from node in index.Graph.Nodes
        let stores = node.Subgraphs.Any(Stores)
        where stores || (node.Subgraphs.Any() && GraphIndex.Captured(node).Any(value => index.Constants.TryGetValue(value, out var tensor) && IsWeight(tensor)))
        select new Refusal(
            node.Label, $"what its subgraphs {(stores ? "store" : "read")} stays as it is", ImmutableArray<Axes.AxisRef>.Empty, 0);

    private static bool Stores(Graph graph) =>
        new GraphIndex(graph).Constants.Values.Any(IsWeight)
        || graph.Nodes.SelectMany(node => node.Subgraphs).Any(Stores);

    private static bool IsWeight(TensorData tensor) => tensor is { IsFloatingPoint: true, Shape.Length: > 0 };
}
