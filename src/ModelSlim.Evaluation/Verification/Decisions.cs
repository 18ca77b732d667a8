using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Verification;

/// <summary>
/// The nodes of a model that decide: their outputs jump when an input changes by a rounding error. What comes before and after
/// them can be compared if both models are given the same decisions.
/// </summary>
internal sealed class Decisions
{
    private readonly ValueTrace trace;
    private readonly HashSet<string> decided;

    /// <summary>Finds the nodes that decide by computed numbers.</summary>
    public Decisions(GraphIndex index, ValueTrace trace, OperatorCatalog catalog)
    {
        this.trace = trace;
        var nodes = index.Graph.Nodes.Where(node => catalog.Find(node)?.Jumps(node) == true && (node.Inputs.IsEmpty || Weighed(node, index).Any())).ToArray();
        decided = nodes.SelectMany(node => node.Outputs).Where(trace.Shapes.ContainsKey).ToHashSet(StringComparer.Ordinal);
        Made = [.. decided.Order(StringComparer.Ordinal)];
        By = [.. nodes.SelectMany(node => Weighed(node, index)).Where(value => !decided.Contains(value)).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The values that are decided.</summary>
    public ImmutableArray<string> Made { get; }

    /// <summary>The values that they are decided by.</summary>
    public ImmutableArray<string> By { get; }

    /// <summary>A graph that puts out the decisions as well.</summary>
    public Graph Telling(Graph graph) => graph with { Outputs = [.. Others(graph), .. Made.Select(Declare)] };

    /// <summary>A graph that is given the decisions, and puts out what they are decided by as well.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="made">The decisions.</param>
    public Graph Given(Graph graph, IEnumerable<TensorData> made) => graph with
    {
        Inputs =
        [
            .. graph.Inputs,
            .. Made.Zip(made, (name, tensor) => new GraphValue(name, tensor.Type, [.. tensor.Shape.Select(extent => new Dimension(extent, null))])),
        ],
        Nodes = graph.Nodes.RemoveAll(node => node.Outputs.Any(decided.Contains)),
        Outputs = [.. Others(graph), .. By.Where(value => Others(graph).All(output => output.Name != value)).Select(Declare)],
    };

    /// <summary>What the cuts leave of a value.</summary>
    public TensorData Shorten(string value, TensorData tensor, ChannelCuts cuts)
    {
        for (var axis = 0; axis < tensor.Shape.Length; axis++)
        {
            if (cuts.Of(value, axis) is { } kept && tensor.Shape[axis] == trace.Shape(value)[axis])
            {
                tensor = tensor.Take(axis, kept.AsSpan());
            }
        }

        return tensor;
    }

    private IEnumerable<GraphValue> Others(Graph graph) => graph.Outputs.Where(output => !decided.Contains(output.Name));

    private IEnumerable<string> Weighed(Node node, GraphIndex index) => node.Inputs.Where(input =>
        input.Length > 0
        && index.Constant(input) is null
        && trace.Types.TryGetValue(input, out var type)
        && type is ElementType.Float or ElementType.Double or ElementType.Float16 or ElementType.BFloat16);

    private static GraphValue Declare(string value) => new(value, ElementType.Undefined, default);
}
