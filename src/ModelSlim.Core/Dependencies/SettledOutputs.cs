using System.Collections.Immutable;
using ModelSlim.Core.Axes;
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
    private readonly Lazy<HashSet<string>> fed = new(() => Fed(index));

    /// <summary>Finds them.</summary>
    /// <param name="groups">Channels that may go: what they are cut from is not the same in both forms.</param>
    /// <returns>
    /// Outputs of real numbers that have a size of their own, then what stands for the others, in graph order; default where no output of real
    /// numbers hangs on what is computed.
    /// </returns>
    public ImmutableArray<GraphValue> Find(ImmutableArray<ChannelGroup> groups)
    {
        GraphValue[] real = [.. index.Graph.Outputs.Where(output => IsReal(output.Name))];
        var counted = Counted();
        if (!real.Any(output => counted.Contains(output.Name)))
        {
            return default;
        }

        var choosing = Chosen(counted);
        var cut = groups.SelectMany(group => group.Members).Select(member => member.Value).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var settled = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(real.Where(output => counted.Contains(output.Name)).Select(output => output.Name));
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
            .. real.Where(output => !counted.Contains(output.Name)),
            .. index.Graph.Nodes.SelectMany(node => node.Outputs).Where(value => settled.Contains(value) && !cut.Contains(value) && !index.IsOutput(value))
                .Select(value => new GraphValue(value, trace.Types[value], default)),
        ];
    }

    // Values whose size hangs on what was found, and those that have a row for each of it.
    private HashSet<string> Counted()
    {
        var counted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in index.Graph.Nodes)
        {
            if (catalog.Find(node) is { } op && Counts(node, op))
            {
                counted.UnionWith(node.Outputs.Where(value => value.Length > 0));
            }
            else if (GraphIndex.Captured(node).Any(counted.Contains))
            {
                counted.UnionWith(node.Outputs.Where(value => value.Length > 0 && !origins.Has(value) && !IsAsLarge(value, node, counted)));
            }
        }

        return counted;
    }

    private bool Counts(Node node, Operator op) =>
        (op.Counts(node) && !node.Inputs.All(IsKnown)) || op.SizeInputs.Any(input => !IsKnown(node.Input(input)));

    private bool IsKnown(string value) => value.Length == 0 || origins.Has(value) || fed.Value.Contains(value);

    // What is computed of inputs alone is the same in both forms: no layer is behind it that is cut or trained.
    private static HashSet<string> Fed(GraphIndex index)
    {
        var fed = index.Graph.Inputs.Select(input => input.Name).Concat(index.Constants.Where(stored => !stored.Value.IsFloatingPoint).Select(stored => stored.Key))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var node in index.Graph.Nodes.Where(node => GraphIndex.Captured(node).All(value => value.Length == 0 || fed.Contains(value))))
        {
            fed.UnionWith(node.Outputs);
        }

        return fed;
    }

    // Each axis is as long as one of a value that is as large in every run, as that of what rows are scattered into.
    private bool IsAsLarge(string value, Node node, HashSet<string> counted)
    {
        if (catalog.Find(node) is not { } op || !node.Inputs.Concat(node.Outputs).All(name => name.Length == 0 || trace.Shapes.ContainsKey(name)))
        {
            return false;
        }

        var tied = op.Relate(NodeView.Of(node, index, trace)).OfType<AxisRelation.Tied>()
            .SelectMany(tie => new[] { (Own: tie.One, Other: tie.Other), (Own: tie.Other, Other: tie.One) })
            .Where(tie => node.Inputs.Contains(tie.Other.Value) && !counted.Contains(tie.Other.Value))
            .Select(tie => tie.Own).ToHashSet();
        return Enumerable.Range(0, trace.Shape(value).Length).All(axis => tied.Contains(new AxisRef(value, axis)));
    }

    // Values that hang on places that were chosen, or are as many as were found.
    private HashSet<string> Chosen(HashSet<string> counted)
    {
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in index.Graph.Nodes)
        {
            if (GraphIndex.Captured(node).Any(chosen.Contains) || node.Outputs.Any(counted.Contains) || Chooses(node))
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
