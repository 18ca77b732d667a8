using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Dependencies;

/// <summary>Finds weights that no channel group reaches, since they lie inside the branches of If or the bodies of Loop and Scan, or are read there.</summary>
public static class SubgraphWeights
{
    private const int OfLayers = 2;

    /// <summary>True where subgraphs have layers.</summary>
    /// <param name="index">The graph.</param>
    public static bool Any(GraphIndex index) => OfLayersIn(index).Any();

    /// <summary>The nodes whose subgraphs store or read weights of layers: floating-point tensors of two axes and more.</summary>
    /// <param name="index">The graph.</param>
    public static IEnumerable<Node> OfLayersIn(GraphIndex index) =>
        index.Graph.Nodes.Where(node => node.Subgraphs.Any(inner => Stores(inner, OfLayers)) || Reads(node, index, OfLayers));

    /// <summary>A refusal for each node whose subgraphs store or read floating-point tensors with axes, in graph order.</summary>
    /// <param name="index">The graph.</param>
    public static IEnumerable<Refusal> Refuse(GraphIndex index) =>
        from node in index.Graph.Nodes
        let stores = node.Subgraphs.Any(inner => Stores(inner, 1))
        where stores || Reads(node, index, 1)
        select new Refusal(
            node.Label, $"what its subgraphs {(stores ? "store" : "read")} stays as it is", ImmutableArray<Axes.AxisRef>.Empty, 0);

    private static bool Stores(Graph graph, int axes) =>
        new GraphIndex(graph).Constants.Values.Any(tensor => IsWeight(tensor, axes))
        || graph.Nodes.SelectMany(node => node.Subgraphs).Any(inner => Stores(inner, axes));

    private static bool Reads(Node node, GraphIndex index, int axes) =>
        node.Subgraphs.Any() && GraphIndex.Captured(node).Any(value => index.Constant(value) is { } tensor && IsWeight(tensor, axes));

    private static bool IsWeight(TensorData tensor, int axes) => tensor.IsFloatingPoint && tensor.Shape.Length >= axes;
}
