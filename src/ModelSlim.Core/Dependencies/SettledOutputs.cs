using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Dependencies;

/// <summary>
/// Finds what two forms of a model can be compared by where the size of an output hangs on what is computed, as the number of boxes found
/// does: the last values before it that hang on no choice of places, such as the scores and boxes that are chosen from.
/// </summary>
/// <param name="index">The graph.</param>
/// <param name="trace">Its trace.</param>
/// <param name="origins">What hangs on shapes alone.</param>
/// <param name="catalog">What is known about operators.</param>
internal sealed class SettledOutputs(GraphIndex index, ValueTrace trace, ShapeOrigins origins, OperatorCatalog catalog)
{
    /// <summary>Finds them.</summary>
    /// <param name="groups">Channels that may go: what they are cut from is not the same in both forms.</param>
    /// <returns>
    /// Outputs of real numbers that have a size of their own, then what stands for the others, in graph order; default where no output of real
    /// numbers hangs on what is computed.
    /// </returns>
    public ImmutableArray<GraphValue> Find(ImmutableArray<ChannelGroup> groups)
    {
        GraphValue[] real = [.. index.Graph.Outputs.Where(output => IsReal(output.Name))];
        if (real.All(output => origins.IsSized(output.Name)))
        {
            return default;
        }

        var choosing = Chosen();
        var cut = groups.SelectMany(group => group.Members).Select(member => member.Value).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var settled = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(real.Where(output => !origins.IsSized(output.Name)).Select(output => output.Name));
        while (open.TryPop(out var value))
        {
            if (!seen.Add(value) || origins.Has(value) || index.Producer(value) is not { } maker)
            {
                continue;
            }

            if (!choosing.Contains(value) && IsReal(value))
            {
                settled.Add(value);
                continue;
            }

            foreach (var read in GraphIndex.Captured(maker))
            {
                open.Push(read);
            }
        }

        return
        [
            .. real.Where(output => origins.IsSized(output.Name)),
            .. index.Graph.Nodes.SelectMany(node => node.Outputs).Where(value => settled.Contains(value) && !cut.Contains(value) && !index.IsOutput(value))
                .Select(value => new GraphValue(value, trace.Types[value], default)),
        ];
    }

    // Values that hang on places that were chosen, or are as many as were found.
    private HashSet<string> Chosen()
    {
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in index.Graph.Nodes)
        {
            if (GraphIndex.Captured(node).Any(chosen.Contains) || node.Outputs.Any(value => value.Length > 0 && !origins.IsSized(value)) || Chooses(node))
            {
                chosen.UnionWith(node.Outputs);
            }
        }

        return chosen;
    }

    private bool Chooses(Node node) => catalog.Find(node)?.Jumps(node) == true
        && node.Outputs.Any(value => !origins.Has(value) && trace.Types.TryGetValue(value, out var type) && type is ElementType.Int64 or ElementType.Int32);

    private bool IsReal(string value) =>
        trace.Types.TryGetValue(value, out var type) && type is ElementType.Float or ElementType.Double or ElementType.Float16 or ElementType.BFloat16;
}
