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

    /// <summary>Looks up once what has to be counted anew when some axes change.</summary>
    public CostTouch Touch(ImmutableArray<AxisRef> axes)
    {
        var values = axes.Select(axis => axis.Value).Distinct().ToArray();
        return new CostTouch(
            axes,
            [.. values.SelectMany(value => nodesOf.GetValueOrDefault(value, [])).Distinct().Order()],
            [.. values.Where(parameters.ContainsKey)]);
    }

    /// <summary>What would be saved if axes got shorter.</summary>
    /// <param name="touch">The axes.</param>
    /// <param name="by">For each axis, by how many indices.</param>
    public (long Macs, long Params) Savings(CostTouch touch, ReadOnlySpan<int> by)
    {
        Resize(touch.Axes, by, -1);
        var (savedMacs, savedParams) = (0L, 0L);
        foreach (var node in touch.Nodes)
        {
            savedMacs += macs[node] - counted[node].Op.Macs(counted[node].View);
        }

        foreach (var name in touch.Parameters)
        {
            savedParams += parameters[name] - TensorData.Count(shapes[name]);
        }

        Resize(touch.Axes, by, 1);
        return (savedMacs, savedParams);
    }

    /// <summary>Makes axes shorter.</summary>
    /// <param name="touch">The axes.</param>
    /// <param name="by">For each axis, by how many indices.</param>
    public void Shorten(CostTouch touch, ReadOnlySpan<int> by) => Change(touch, by, -1);

    /// <summary>Makes axes longer again.</summary>
    /// <param name="touch">The axes.</param>
    /// <param name="by">For each axis, by how many indices.</param>
    public void Lengthen(CostTouch touch, ReadOnlySpan<int> by) => Change(touch, by, 1);

    private void Change(CostTouch touch, ReadOnlySpan<int> by, int sign)
    {
        Resize(touch.Axes, by, sign);
        foreach (var node in touch.Nodes)
        {
            Macs -= macs[node];
            macs[node] = counted[node].Op.Macs(counted[node].View);
            Macs += macs[node];
        }

        foreach (var name in touch.Parameters)
        {
            Params -= parameters[name];
            parameters[name] = TensorData.Count(shapes[name]);
            Params += parameters[name];
        }
    }

    private void Resize(ImmutableArray<AxisRef> axes, ReadOnlySpan<int> by, int sign)
    {
        for (var i = 0; i < axes.Length; i++)
        {
            var shape = shapes[axes[i].Value];
            shapes[axes[i].Value] = shape.SetItem(axes[i].Axis, shape[axes[i].Axis] + (sign * by[i]));
        }
    }

    private ImmutableArray<int> ShapeOf(string value) => shapes.GetValueOrDefault(value);

    private void AddNode(NodeView view, Operator op)
    {
        var values = view.Node.Inputs.Concat(view.Node.Outputs).Where(value => value.Length > 0).Distinct().ToArray();
        if (!values.All(shapes.ContainsKey) || op.Macs(view) is not (> 0 and var cost))
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
        macs.Add(cost);
        Macs += cost;
    }
}
