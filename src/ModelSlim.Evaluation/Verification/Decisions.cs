using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Verification;

/// <summary>
/// The nodes of a model that decide: their outputs jump when an input changes by a rounding error, or come from chance. What comes
/// before and after them can be compared if two models are given the same decisions.
/// </summary>
internal sealed class Decisions
{
    private readonly ValueTrace trace;

    /// <summary>Finds the nodes that decide by computed numbers.</summary>
    public Decisions(GraphIndex index, ValueTrace trace, OperatorCatalog catalog)
    {
        this.trace = trace;
        var nodes = index.Graph.Nodes.Where(node => catalog.Find(node)?.Jumps(node) == true && (node.Inputs.IsEmpty || Weighed(node, index).Any())).ToArray();
        Made = [.. nodes.SelectMany(node => node.Outputs).Where(trace.Shapes.ContainsKey)];
        By = [.. nodes.SelectMany(node => Weighed(node, index)).Where(value => !Made.Contains(value))];
    }

    /// <summary>The values that are decided.</summary>
    public ImmutableSortedSet<string> Made { get; }

    /// <summary>The values that they are decided by.</summary>
    public ImmutableSortedSet<string> By { get; }

    private IEnumerable<string> Weighed(Node node, GraphIndex index) => node.Inputs.Where(input =>
        input.Length > 0
        && index.Constant(input) is null
        && trace.Types.TryGetValue(input, out var type)
        && type is ElementType.Float or ElementType.Double or ElementType.Float16 or ElementType.BFloat16);
}
