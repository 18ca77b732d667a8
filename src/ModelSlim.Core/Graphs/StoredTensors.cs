using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Graphs;

/// <summary>
/// All weights of a graph as its initializers: those that Constant nodes give, and those that the branches of If store, as an early exit
/// has them; and the way back. A weight keeps its name where nothing else has it.
/// </summary>
public static class StoredTensors
{
    /// <summary>Brings them together.</summary>
    /// <param name="graph">The graph.</param>
    /// <returns>The same graph where all are initializers already.</returns>
    public static Graph Out(Graph graph)
    {
        var moves = Moves(graph);
        return moves.Count == 0 ? graph : Taken(graph, moves, isInner: false) with
        {
            Initializers = graph.Initializers.AddRange(moves.Values.SelectMany(names => names.Values).Select(move => KeyValuePair.Create(move.Name, move.Tensor))),
        };
    }

    /// <summary>Puts them back.</summary>
    /// <param name="graph">A graph that <see cref="Out"/> made, with other numbers.</param>
    /// <param name="given">The graph that it was made from.</param>
    public static Graph Back(Graph graph, Graph given)
    {
        var moves = Moves(given);
        return moves.Count == 0 ? graph : Filled(given, moves, graph.Initializers) with
        {
            Initializers = graph.Initializers.RemoveRange(moves.Values.SelectMany(names => names.Values).Select(move => move.Name)),
        };
    }

    /// <summary>The names that weights have where they are stored, each with that which <see cref="Out"/> gives it.</summary>
    public static IEnumerable<(string Given, string Name)> Names(Graph graph) =>
        Moves(graph).Values.SelectMany(names => names.Select(name => (name.Key, name.Value.Name)));

    // For each graph inside, and for the graph itself, what is taken out of it.
    private static Dictionary<Graph, Dictionary<string, Move>> Moves(Graph graph)
    {
        var uses = All(graph).GroupBy(name => name, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Count(), StringComparer.Ordinal);
        var moves = new Dictionary<Graph, Dictionary<string, Move>>(ReferenceEqualityComparer.Instance);
        Collect(graph, isInner: false);
        return moves;

        void Collect(Graph place, bool isInner)
        {
            foreach (var branch in place.Nodes.Where(IsIf).SelectMany(node => node.Subgraphs))
            {
                Collect(branch, isInner: true);
            }

            // Branches that are one object are stored once.
            var stored = Stored(place, isInner).ToArray();
            if (stored.Length > 0 && !moves.ContainsKey(place))
            {
                moves.Add(place, stored.ToDictionary(entry => entry.Name, entry => new Move(Own(entry.Name), entry.Tensor), StringComparer.Ordinal));
            }
        }

        string Own(string name)
        {
            while (uses[name] > 1)
            {
                name += "'";
                uses[name] = uses.GetValueOrDefault(name) + 1;
            }

            return name;
        }
    }

    private static Graph Taken(Graph place, Dictionary<Graph, Dictionary<string, Move>> moves, bool isInner)
    {
        var own = moves.GetValueOrDefault(place) ?? [];
        var renaming = new Renaming(own.ToDictionary(move => move.Key, move => move.Value.Name, StringComparer.Ordinal));
        return place with
        {
            Initializers = isInner ? place.Initializers.RemoveRange(own.Keys) : place.Initializers,
            Nodes =
            [
                .. place.Nodes.Where(node => !(IsConstant(node) && own.ContainsKey(node.Outputs[0])))
                    .Select(node => renaming.Of(WithBranches(node, branch => Taken(branch, moves, isInner: true)))),
            ],
        };
    }

    private static Graph Filled(Graph place, Dictionary<Graph, Dictionary<string, Move>> moves, ImmutableDictionary<string, TensorData> numbers)
    {
        var own = (moves.GetValueOrDefault(place) ?? []).ToDictionary(move => move.Key, move => numbers[move.Value.Name], StringComparer.Ordinal);
        return (own.Count == 0 ? place : place.WithConstants(own)) is var filled && !filled.Nodes.Any(IsIf) ? filled : filled with
        {
            Nodes = [.. filled.Nodes.Select(node => WithBranches(node, branch => Filled(branch, moves, numbers)))],
        };
    }

    private static Node WithBranches(Node node, Func<Graph, Graph> change) => IsIf(node) ? node.WithSubgraphs(change) : node;

    private static IEnumerable<(string Name, TensorData Tensor)> Stored(Graph place, bool isInner) =>
        (isInner ? place.Initializers.Select(entry => (Name: entry.Key, Tensor: entry.Value)) : [])
            .Concat(place.Nodes.Where(IsConstant).Select(node => (Name: node.Outputs[0], Tensor: node.GetTensor("value")!)))
            .Where(entry => entry.Tensor is { IsFloatingPoint: true, Shape.Length: > 1 } && !place.Outputs.Any(output => output.Name == entry.Name))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal);

    private static bool IsIf(Node node) => node is { OpType: "If", Domain: "" };

    private static bool IsConstant(Node node) => node is { OpType: "Constant", Domain: "", Outputs: [{ Length: > 0 }] } && node.GetTensor("value") is not null;

    private static IEnumerable<string> All(Graph graph) => graph.Inputs.Select(input => input.Name)
        .Concat(graph.Initializers.Keys)
        .Concat(graph.Nodes.SelectMany(node => node.Outputs.Where(output => output.Length > 0).Concat(node.Subgraphs.SelectMany(All))));

    private sealed record Move(string Name, TensorData Tensor);
}
