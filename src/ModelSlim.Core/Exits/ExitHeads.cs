using System.Collections.Immutable;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Exits;

/// <summary>
/// Finds the heads of early exits by their place: what leads to the condition of an If whose branches have layers, and to no layer in
/// them. The choice itself may hand on what a head says.
/// </summary>
public static class ExitHeads
{
    /// <summary>The values of heads, and what they alone read of what is stored.</summary>
    /// <param name="index">The graph.</param>
    public static ImmutableHashSet<string> Values(GraphIndex index)
    {
        var exits = SubgraphWeights.OfLayersIn(index).Where(node => node is { OpType: "If", Domain: "" }).ToHashSet(ReferenceEqualityComparer.Instance);
        var rest = Leading(
            index.Graph.Outputs.Select(output => output.Name),
            index,
            node => exits.Contains(node) ? node.Subgraphs.SelectMany(branch => ToLayers(branch, index)) : GraphIndex.Captured(node));
        return [.. Leading(exits.OfType<Node>().Select(node => node.Inputs[0]), index, GraphIndex.Captured).Except(rest)];
    }

    // What a branch takes from outside and makes layers of.
    private static IEnumerable<string> ToLayers(Graph branch, GraphIndex outer)
    {
        var index = new GraphIndex(branch);
        var weights = new HashSet<string>(StringComparer.Ordinal);
        var layers = new List<Node>();
        foreach (var node in branch.Nodes)
        {
            string[] read = [.. GraphIndex.Captured(node)];
            if (!read.Any(value => weights.Contains(value) || IsWeight(index.Constant(value) ?? outer.Constant(value))))
            {
                continue;
            }

            if (node.Inputs.Length == 1 && !node.Subgraphs.Any())
            {
                // A weight that is moved, or stored as another type.
                weights.UnionWith(node.Outputs);
            }
            else
            {
                layers.Add(node);
            }
        }

        return Leading(layers.SelectMany(GraphIndex.Captured), index, GraphIndex.Captured).Where(value => !index.Has(value));
    }

    private static HashSet<string> Leading(IEnumerable<string> to, GraphIndex index, Func<Node, IEnumerable<string>> reads)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(to);
        while (open.TryPop(out var value))
        {
            if (found.Add(value) && index.Producer(value) is { } maker)
            {
                foreach (var read in reads(maker))
                {
                    open.Push(read);
                }
            }
        }

        return found;
    }

    private static bool IsWeight(TensorData? tensor) => tensor is { IsFloatingPoint: true, Shape.Length: > 1 };
}
