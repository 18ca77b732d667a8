using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Verification;

/// <summary>
/// A graph that is open inside: the caller gives some of its values, behind the inputs that there are, so that whoever reads them
/// goes on from there, and still learns what its own nodes make of them.
/// </summary>
internal sealed class OpenedGraph
{
    private readonly Dictionary<string, string> made;

    /// <summary>Opens a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="given">What the caller gives, by value.</param>
    /// <param name="shown">Values that are put out behind the outputs that there are.</param>
    public OpenedGraph(Graph graph, IReadOnlyList<KeyValuePair<string, TensorData>> given, IEnumerable<string> shown)
    {
        var names = new FreshNames(new GraphIndex(graph));
        made = given.ToDictionary(value => value.Key, value => names.Of($"{value.Key}/made"), StringComparer.Ordinal);
        Shown = [.. graph.Outputs.Select(output => output.Name).Concat(shown).Distinct()];
        var declared = graph.Outputs.ToDictionary(output => output.Name, StringComparer.Ordinal);
        Graph = graph with
        {
            Inputs =
            [
                .. graph.Inputs,
                .. given.Select(value => new GraphValue(value.Key, value.Value.Type, [.. value.Value.Shape.Select(extent => new Dimension(extent, null))])),
            ],
            Nodes =
            [
                .. graph.Nodes.Select(node => node.Outputs.Any(made.ContainsKey)
                    ? node with { Outputs = [.. node.Outputs.Select(Made)] }
                    : node),
            ],
            Outputs =
            [
                .. Shown.Select(value => declared.TryGetValue(value, out var output)
                    ? output with { Name = Made(value) }
                    : new GraphValue(Made(value), ElementType.Undefined, default)),
            ],
        };
    }

    /// <summary>The open graph.</summary>
    public Graph Graph { get; }

    /// <summary>The values that it puts out, in order, by the names they have in the graph that was opened.</summary>
    public ImmutableArray<string> Shown { get; }

    private string Made(string value) => made.GetValueOrDefault(value, value);
}
