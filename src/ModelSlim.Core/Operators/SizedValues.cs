using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Operators;

/// <summary>
/// The values whose size follows from constants and the sizes of inputs, whatever the elements of the inputs are. The number of boxes
/// that were found, and what is computed of each of them, is not among them.
/// </summary>
internal sealed class SizedValues
{
    private readonly GraphIndex index;
    private readonly ValueTrace trace;
    private readonly ShapeOrigins origins;
    private readonly HashSet<string> sized;

    /// <summary>Looks at a traced graph whose shapes were followed.</summary>
    public SizedValues(GraphIndex index, ValueTrace trace, OperatorCatalog catalog, ShapeOrigins origins)
    {
        this.index = index;
        this.trace = trace;
        this.origins = origins;
        sized = index.Graph.Inputs.Select(input => input.Name).Concat(index.Constants.Keys).ToHashSet(StringComparer.Ordinal);
        foreach (var node in index.Graph.Nodes.Where(node => catalog.Find(node) is { } op && IsSized(node, op)))
        {
            sized.UnionWith(node.Outputs);
        }
    }

    /// <summary>True where the size of a value hangs on no element of an input.</summary>
    public bool Has(string value) => sized.Contains(value);

    private bool IsSized(Node node, Operator op)
    {
        var read = Enumerable.Range(0, node.Inputs.Length).Where(input => node.Inputs[input].Length > 0).ToArray();
        if (!read.All(input => sized.Contains(node.Inputs[input])) || node.Subgraphs.Any())
        {
            return false;
        }

        var open = read.Where(input => !origins.Has(node.Inputs[input])).ToArray();
        return open.Length == 0 || Carries(node, op) || (op is not (Standing or FrozenOperator) && open.All(input => IsData(node, op, input)));
    }

    // Each axis of each output is as long as an axis of an input, whatever the input holds.
    private bool Carries(Node node, Operator op)
    {
        if (op.Movement(node) is not null || op.SizeInputs.Count > 0
            || !node.Inputs.Concat(node.Outputs).All(name => name.Length == 0 || trace.Shapes.ContainsKey(name)))
        {
            return false;
        }

        var tied = op.Relate(NodeView.Of(node, index, trace)).OfType<AxisRelation.Tied>()
            .SelectMany(tie => new[] { tie.One, tie.Other }).ToHashSet();
        return node.Outputs.Where(output => output.Length > 0)
            .All(output => Enumerable.Range(0, trace.Shape(output).Length).All(axis => tied.Contains(new AxisRef(output, axis))));
    }

    // What is real, and is moved or computed with, states no size.
    private bool IsData(Node node, Operator op, int input) =>
        trace.Types.TryGetValue(node.Inputs[input], out var type)
        && type is ElementType.Float or ElementType.Float16 or ElementType.BFloat16 or ElementType.Double
        && (op.Movement(node)?.Sources.Contains(input) ?? (input == 0 || op.SizeInputs.Count == 0));
}
