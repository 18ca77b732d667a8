using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Simplification;

/// <summary>
/// Tells the values that follow from constants and from the sizes of the inputs, whatever the elements of the inputs are. What is
/// measured of a value whose own size hangs on elements, such as the number of boxes found, is not among them.
/// </summary>
internal sealed class ShapeCertainty
{
    private readonly GraphIndex index;
    private readonly ValueTrace trace;
    private readonly ShapeOrigins origins;
    private readonly HashSet<string> certain;

    /// <summary>Looks at a traced graph.</summary>
    public ShapeCertainty(GraphIndex index, ValueTrace trace, OperatorCatalog catalog)
    {
        this.index = index;
        this.trace = trace;
        origins = new ShapeOrigins(index, trace, catalog);
        certain = index.Graph.Inputs.Select(input => input.Name).Concat(index.Constants.Keys).ToHashSet(StringComparer.Ordinal);
        foreach (var node in index.Graph.Nodes.Where(node => catalog.Find(node) is { } op && IsCertain(node, op)))
        {
            certain.UnionWith(node.Outputs);
        }
    }

    /// <summary>True where no size can change from run to run.</summary>
    public bool IsStatic => origins.IsStatic;

    /// <summary>True where a value follows from constants and sizes of inputs alone.</summary>
    public bool Has(string value) => origins.Has(value) && Measured(value).All(certain.Contains);

    /// <summary>True where the size of a value hangs on no element of an input.</summary>
    public bool IsSized(string value) => certain.Contains(value);

    /// <summary>The elements of outputs of Shape and its like that a value hangs on: the name of the output, and the place in it.</summary>
    public IEnumerable<AxisRef> Measures(string value) => origins.Of(value).Measures;

    private IEnumerable<string> Measured(string value) =>
        origins.Of(value).Measures.SelectMany(measure => origins.Measures[measure]).Select(axis => axis.Value);

    private bool IsCertain(Node node, Operator op)
    {
        var read = Enumerable.Range(0, node.Inputs.Length).Where(input => node.Inputs[input].Length > 0).ToArray();
        if (!read.All(input => certain.Contains(node.Inputs[input])) || node.Subgraphs.Any())
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
        && type is Tensors.ElementType.Float or Tensors.ElementType.Float16 or Tensors.ElementType.BFloat16 or Tensors.ElementType.Double
        && (op.Movement(node)?.Sources.Contains(input) ?? (input == 0 || op.SizeInputs.Count == 0));
}
