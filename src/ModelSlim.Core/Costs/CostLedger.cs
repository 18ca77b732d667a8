using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Costs;

/// <summary>
/// MACs and parameters of a graph whose axes get shorter step by step. A step recounts only the nodes and tensors on the axes
/// that changed.
/// </summary>
public sealed class CostLedger
{
    private readonly Dictionary<string, ImmutableArray<int>> shapes;
    private readonly Dictionary<string, List<int>> nodesOf = new(StringComparer.Ordinal);
    private readonly List<(NodeView View, Operator Op)> counted = [];
    private readonly List<long> macs = [];
    private readonly Dictionary<string, long> parameters = new(StringComparer.Ordinal);

    /// <summary>Counts a graph at the traced shapes.</summary>
    public CostLedger(GraphIndex index, ValueTrace trace, OperatorCatalog catalog)
    {
        shapes = new Dictionary<string, ImmutableArray<int>>(trace.Shapes, StringComparer.Ordinal);
        var statistics = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in index.Graph.Nodes)
        {
            if (catalog.Find(node) is { } op)
            {
                statistics.UnionWith(node.Inputs.Where((name, input) => name.Length > 0 && op.IsStatistic(input)));
                AddNode(NodeView.Of(node, index, trace).With(ShapeOf), op);
            }
        }

        foreach (var (name, tensor) in index.Constants)
        {
            if (tensor.IsFloatingPoint && tensor.Shape.Length > 0 && !statistics.Contains(name))
            {
                parameters[name] = tensor.Length;
                Params += tensor.Length;
            }
        }
    }

    /// <summary>Multiply-accumulates at the present shapes.</summary>
    public long Macs { get; private set; }

    /// <summary>Parameters at the present shapes.</summary>
    public long Params { get; private set; }

    /// <summary>What would be saved if axes got that much shorter.</summary>
    public (long Macs, long Params) Savings(IEnumerable<KeyValuePair<AxisRef, int>> shortened)
    {
        var before = (Macs, Params);
        var taken = shortened.ToArray();
        Shorten(taken);
        var saved = (before.Macs - Macs, before.Params - Params);
        Shorten(taken.Select(entry => KeyValuePair.Create(entry.Key, -entry.Value)));
        return saved;
    }

    /// <summary>Makes axes shorter, each by the number given.</summary>
    public void Shorten(IEnumerable<KeyValuePair<AxisRef, int>> shortened)
    {
        var touchedNodes = new SortedSet<int>();
        var touchedValues = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (axis, by) in shortened)
        {
            var shape = shapes[axis.Value];
            shapes[axis.Value] = shape.SetItem(axis.Axis, shape[axis.Axis] - by);
            touchedNodes.UnionWith(nodesOf.GetValueOrDefault(axis.Value, []));
            touchedValues.Add(axis.Value);
        }

        foreach (var node in touchedNodes)
        {
            var (view, op) = counted[node];
            Macs -= macs[node];
            macs[node] = op.Macs(view);
            Macs += macs[node];
        }

        foreach (var value in touchedValues.Where(parameters.ContainsKey))
        {
            Params -= parameters[value];
            parameters[value] = TensorData.Count(shapes[value]);
            Params += parameters[value];
        }
    }

    private ImmutableArray<int> ShapeOf(string value) => shapes.GetValueOrDefault(value);

    private void AddNode(NodeView view, Operator op)
    {
        var values = view.Node.Inputs.Concat(view.Node.Outputs).Where(value => value.Length > 0).Distinct().ToArray();
        if (!values.All(shapes.ContainsKey))
        {
            return;
        }

        foreach (var value in values)
        {
            if (!nodesOf.TryGetValue(value, out var list))
            {
                nodesOf[value] = list = [];
            }

            list.Add(counted.Count);
        }

        counted.Add((view, op));
        macs.Add(op.Macs(view));
        Macs += macs[^1];
    }
}
