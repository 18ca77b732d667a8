using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>
/// Finds the values of a graph that depend on shapes and constants alone, and which extents each element of them depends on.
/// Elements that are only moved, as by Gather and Concat, are followed one by one through the traced movements; whatever else
/// computes with them is taken to mix all it reads, but for element-wise operators.
/// </summary>
public sealed class ShapeOrigins
{
    private const int Largest = 1024;

    private readonly GraphIndex index;
    private readonly ValueTrace trace;
    private readonly bool isStatic;
    private readonly Lazy<SizedValues> sized;

    // One origin an element; a single one for all elements of a value that is large.
    private readonly Dictionary<string, ImmutableArray<ShapeOrigin>> origins = new(StringComparer.Ordinal);
    private readonly SortedDictionary<AxisRef, ImmutableArray<AxisRef>> measures = [];

    /// <summary>Follows shapes through a traced graph.</summary>
    public ShapeOrigins(GraphIndex index, ValueTrace trace, OperatorCatalog catalog)
    {
        this.index = index;
        this.trace = trace;
        sized = new Lazy<SizedValues>(() => new SizedValues(index, trace, catalog, this));
        isStatic = index.Graph.Inputs.All(input => !input.Shape.IsDefault && input.Shape.All(axis => axis.Extent is not null));
        foreach (var node in index.Graph.Nodes)
        {
            if (catalog.Find(node) is { } op && node.Inputs.Concat(node.Outputs).All(name => name.Length == 0 || trace.Shapes.ContainsKey(name)))
            {
                Follow(node, op);
            }
        }
    }

    /// <summary>True where no extent of an input can change from run to run.</summary>
    public bool IsStatic => isStatic;

    /// <summary>True where the size of a value hangs on no element of an input, as the number of boxes found does.</summary>
    public bool IsSized(string value) => sized.Value.Has(value);

    /// <summary>True where a value has the same size in every run.</summary>
    public bool HasFixedSize(string value) => isStatic && IsSized(value);

    /// <summary>True where what an element was computed from is the same in every run.</summary>
    public bool IsFixed(ShapeOrigin origin) =>
        origin.Measures.IsEmpty || (isStatic && origin.Measures.All(measure => measures[measure].All(axis => IsSized(axis.Value))));

    /// <summary>What was measured: for each element of an output of Shape and its like, the axes whose extents it multiplies.</summary>
    public IReadOnlyDictionary<AxisRef, ImmutableArray<AxisRef>> Measures => measures;

    /// <summary>True where a value depends on shapes and constants alone.</summary>
    public bool Has(string value) => origins.ContainsKey(value) || index.Constant(value) is not null;

    /// <summary>Origin of one element of a value that depends on shapes alone.</summary>
    public ShapeOrigin Of(string value, int element) =>
        !origins.TryGetValue(value, out var elements) ? ShapeOrigin.None : elements.Length == 1 ? elements[0] : elements[element];

    /// <summary>Origin of all elements of a value together.</summary>
    public ShapeOrigin Of(string value) => origins.TryGetValue(value, out var elements) ? ShapeOrigin.Of(elements) : ShapeOrigin.None;

    /// <summary>The traced integers of a computed value that depends on shapes alone; null for all others.</summary>
    public StatedIntegers? Integers(string value)
    {
        if (!origins.ContainsKey(value) || !trace.Integers.TryGetValue(value, out var integers))
        {
            return null;
        }

        return new StatedIntegers(
            integers, [.. Enumerable.Range(0, integers.Length).Select(i => IsFixed(Of(value, i)))]);
    }

    private void Follow(Node node, Operator op)
    {
        var view = NodeView.Of(node, index, trace);
        var measured = op.Measured(view);
        if (!measured.IsDefault)
        {
            var output = node.Outputs[0];
            for (var i = 0; i < measured.Length; i++)
            {
                measures[new AxisRef(output, i)] = measured[i];
            }

            origins[output] = [.. Enumerable.Range(0, measured.Length).Select(i => new ShapeOrigin([new AxisRef(output, i)], true))];
        }
        else if (IsPure(node))
        {
            var mixed = ShapeOrigin.Of(node.Inputs.Where(origins.ContainsKey).Select(name => Of(name)));
            foreach (var output in node.Outputs.Where(output => output.Length > 0))
            {
                origins[output] = mixed.Measures.IsEmpty ? [mixed] : Elements(view, op, output) ?? [mixed];
            }
        }
    }

    // Something must come in, or what comes out may be drawn at random.
    private bool IsPure(Node node) =>
        node.Inputs.Any(input => input.Length > 0)
        && node.Inputs.All(input => input.Length == 0 || Has(input))
        && !node.Subgraphs.Any();

    private ImmutableArray<ShapeOrigin>? Elements(NodeView view, Operator op, string output)
    {
        var shape = trace.Shapes[output];
        if (Tensors.TensorData.Count(shape) is not (> 1 and <= Largest and var count))
        {
            return Tensors.TensorData.Count(shape) == 1 && trace.Movements.TryGetValue(output, out var one) ? [Moved(view.Node, one, 0)] : null;
        }

        if (trace.Movements.TryGetValue(output, out var movement))
        {
            return [.. Enumerable.Range(0, (int)count).Select(i => Moved(view.Node, movement, i))];
        }

        return shape.Length == 1 && IsElementWise(view, op, output)
            ? [.. Enumerable.Range(0, (int)count).Select(i => ShapeOrigin.Of(view.Node.Inputs.Where(name => name.Length > 0).Select(name => Of(name, i))))]
            : null;
    }

    private ShapeOrigin Moved(Node node, Movement movement, int element) => movement.Inputs[element] is >= 0 and var input
        ? Of(node.Inputs[input], movement.Positions[element])
        : ShapeOrigin.None;

    private static bool IsElementWise(NodeView view, Operator op, string output)
    {
        var tied = op.Relate(view).OfType<AxisRelation.Tied>().ToArray();
        return Enumerable.Range(0, view.InputCount).Where(view.HasInput).All(input =>
            Tensors.TensorData.Count(view.InputShape(input)) == 1
            || (view.InputShape(input).Length == 1 && tied.Contains(new AxisRelation.Tied(view.In(input, 0), new AxisRef(output, 0)))));
    }
}
