using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Exits;

/// <summary>A graph cut in two at a value.</summary>
/// <param name="Trunk">What makes the value, in graph order.</param>
/// <param name="Rest">What else the output needs, in graph order.</param>
public sealed record GraphParts(ImmutableArray<Node> Trunk, ImmutableArray<Node> Rest)
{
    /// <summary>Cuts a graph. Nodes that neither needs are in neither part.</summary>
    /// <param name="index">The graph.</param>
    /// <param name="value">Name of the value.</param>
    /// <param name="output">Name of the output.</param>
    public static GraphParts Of(GraphIndex index, string value, string output)
    {
        var (before, needed) = (Behind(index, value), Behind(index, output));
        return new GraphParts(
            [.. index.Graph.Nodes.Where(before.Contains)], [.. index.Graph.Nodes.Where(node => needed.Contains(node) && !before.Contains(node))]);
    }

    private static HashSet<Node> Behind(GraphIndex index, string value)
    {
        var found = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        var open = new Stack<string>([value]);
        while (open.TryPop(out var name))
        {
            if (index.Producer(name) is { } node && found.Add(node))
            {
                foreach (var read in GraphIndex.Captured(node))
                {
                    open.Push(read);
                }
            }
        }

        return found;
    }
}
