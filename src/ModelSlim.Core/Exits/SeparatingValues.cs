using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Exits;

/// <summary>
/// Values that separate a graph: an output depends on the inputs only through them. They are the dominators of the output, found in
/// one pass over the nodes in topological order (Cooper, Harvey and Kennedy 2001, "A Simple, Fast Dominance Algorithm").
/// </summary>
public sealed class SeparatingValues
{
    private const int Source = 0;

    // Of each vertex, a value or a node, the closest one that all ways from the inputs to it pass, and how many such there are.
    private readonly List<(int Dominator, int Depth)> vertices = [(Source, 0)];
    private readonly List<string?> names = [null];
    private readonly Dictionary<string, int> values = new(StringComparer.Ordinal);

    /// <summary>Finds them.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="output">Name of a value.</param>
    /// <returns>Names from front to back, inputs and the value itself not among them; none where it does not depend on inputs.</returns>
    public ImmutableArray<string> Find(Graph graph, string output)
    {
        foreach (var input in graph.Inputs)
        {
            Add(Source, input.Name);
        }

        foreach (var node in graph.Nodes)
        {
            int[] read = [.. GraphIndex.Captured(node).Where(values.ContainsKey).Select(name => values[name])];
            if (read.Length > 0)
            {
                var vertex = Add(read.Aggregate(Meet), null);
                foreach (var made in node.Outputs.Where(name => name.Length > 0))
                {
                    Add(vertex, made);
                }
            }
        }

        var chain = new List<string>();
        for (var vertex = vertices[values.GetValueOrDefault(output)].Dominator; vertex != Source; vertex = vertices[vertex].Dominator)
        {
            if (names[vertex] is { } name && vertices[vertex].Dominator != Source)
            {
                chain.Add(name);
            }
        }

        chain.Reverse();
        return [.. chain];
    }

    private int Add(int dominator, string? name)
    {
        vertices.Add((dominator, vertices[dominator].Depth + 1));
        names.Add(name);
        if (name is not null)
        {
            values[name] = vertices.Count - 1;
        }

        return vertices.Count - 1;
    }

    private int Meet(int one, int other)
    {
        while (one != other)
        {
            (one, other) = vertices[one].Depth >= vertices[other].Depth
                ? (vertices[one].Dominator, other)
                : (one, vertices[other].Dominator);
        }

        return one;
    }
}
