using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Exits;

/// <summary>Finds the places at which a network can be left.</summary>
/// <param name="catalog">What is known about operators.</param>
public sealed class ExitPlaces(OperatorCatalog catalog)
{
    private const int MostPlaces = 12;
    private const double LeastShare = 0.01;
    private const double MostShare = 0.8;

    /// <summary>Finds them: of values with the same cost before them the last one, and of many places some, spread over the cost.</summary>
    /// <param name="index">The graph; it has one output.</param>
    /// <param name="trace">Its trace, of one sample or more.</param>
    /// <returns>Places from front to back.</returns>
    public ImmutableArray<ExitPlace> Find(GraphIndex index, ValueTrace trace)
    {
        var graph = index.Graph;
        var batch = trace.Shape(graph.Outputs[0].Name)[0];
        var isOpen = graph.Inputs.Any(input => input.Shape.IsDefault || input.Shape.Skip(1).Any(axis => axis.Extent is null));
        var costs = graph.Nodes.Select(node => catalog.Find(node)?.Macs(NodeView.Of(node, index, trace)) ?? 0)
            .Zip(graph.Nodes, (macs, node) => (macs, node))
            .ToDictionary(cost => cost.node, cost => cost.macs, (IEqualityComparer<Node>)ReferenceEqualityComparer.Instance);
        var all = (double)costs.Values.Sum();
        var places =
            from value in new SeparatingValues().Find(graph, graph.Outputs[0].Name)
            where trace.Types.GetValueOrDefault(value) == ElementType.Float && trace.Shape(value) is [var first, ..] && first == batch
            let window = PoolWindow.Of(trace.Shape(value), isOpen)
            where window is not null
            let parts = GraphParts.Of(index, value, graph.Outputs[0].Name)
            where !parts.Rest.Any(node => node.IsOpaque)
            let macs = parts.Trunk.Sum(node => costs[node])
            where macs >= LeastShare * all && macs <= MostShare * all
            group new ExitPlace(value, window, macs) by macs into alike
            select alike.Last();
        return Spread([.. places.OrderBy(place => place.MacsBefore)]);
    }

    private static ImmutableArray<ExitPlace> Spread(ImmutableArray<ExitPlace> places) => places.Length <= MostPlaces
        ? places
        : [.. Enumerable.Range(0, MostPlaces).Select(i => places[i * (places.Length - 1) / (MostPlaces - 1)])];
}
