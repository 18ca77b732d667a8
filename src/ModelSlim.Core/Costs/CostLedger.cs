using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Costs;

/// <summary>
/// MACs, parameters and stored bytes of a graph whose axes get shorter step by step. A step recounts only the nodes and tensors on the axes
/// that changed.
/// </summary>
public sealed class CostLedger
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<int[]> shapes = [];
    private readonly List<List<int>> nodesOf = [];
    private readonly List<long> parameters = [];
    private readonly List<StoredSize?> stored = [];
    private readonly List<(NodeView View, Operator Op)> counted = [];
    private readonly List<long> macs = [];

    /// <summary>Counts a graph at the traced shapes.</summary>
    /// <param name="index">The graph.</param>
    /// <param name="trace">Its trace.</param>
    /// <param name="catalog">What is known about operators.</param>
    /// <param name="inner">What its subgraphs cost, which no step changes; null means nothing.</param>
    /// <param name="bytesOf">Bytes that a tensor takes where it is stored; null means those that it has.</param>
    public CostLedger(GraphIndex index, ValueTrace trace, OperatorCatalog catalog, InnerCost? inner = null, Func<TensorData, long>? bytesOf = null)
    {
        (Macs, Params) = inner is null ? (0, 0) : (inner.Macs, inner.Params);
        bytesOf ??= tensor => tensor.Bytes.Length;
        foreach (var (name, shape) in trace.Shapes)
        {
            numbers[name] = shapes.Count;
            shapes.Add([.. shape]);
            nodesOf.Add([]);
            parameters.Add(0);
            stored.Add(null);
        }

        var statistics = new StoredStatistics(catalog).Of(index.Graph);
        foreach (var node in index.Graph.Nodes)
        {
            if (catalog.Find(node) is { } op)
            {
                AddNode(NodeView.Of(node, index, trace).With(ShapeOf), op);
            }
        }

        foreach (var (name, tensor) in index.Constants)
        {
            var bytes = bytesOf(tensor);
            StoredBytes += bytes;
            if (tensor.Length > 0 && tensor.Shape.Length > 0 && numbers.TryGetValue(name, out var place))
            {
                stored[place] = new StoredSize(tensor.Length, bytes);
            }

            if (tensor.IsFloatingPoint && tensor.Shape.Length > 0 && !statistics.Contains(name))
            {
                Params += tensor.Length;
                if (numbers.TryGetValue(name, out var number))
                {
                    parameters[number] = tensor.Length;
                }
            }
        }
    }

    /// <summary>Multiply-accumulates at the present shapes.</summary>
    public long Macs { get; private set; }

    /// <summary>Parameters at the present shapes.</summary>
    public long Params { get; private set; }

    /// <summary>Bytes of the elements of stored tensors at the present shapes.</summary>
    public long StoredBytes { get; private set; }

    /// <summary>Looks up once what has to be counted anew when some axes change.</summary>
    public CostTouch Touch(ImmutableArray<AxisRef> axes)
    {
        var touched = axes.Select((axis, place) => (Place: place, Value: numbers[axis.Value], axis.Axis))
            .Where(axis => nodesOf[axis.Value].Count > 0 || stored[axis.Value] is not null)
            .ToImmutableArray();
        var values = touched.Select(axis => axis.Value).Distinct().ToArray();
        return new CostTouch(
            touched,
            [.. values.SelectMany(value => nodesOf[value]).Distinct().Order()],
            [.. values.Where(value => stored[value] is not null)]);
    }

    /// <summary>What would be saved if axes got shorter.</summary>
    /// <param name="touch">The axes.</param>
    /// <param name="by">For each axis, by how many indices.</param>
    public CostSaving Savings(CostTouch touch, ReadOnlySpan<int> by)
    {
        Resize(touch.Axes, by, -1);
        var (savedMacs, savedParams, savedBytes) = (0L, 0L, 0L);
        foreach (var node in touch.Nodes)
        {
            savedMacs += macs[node] - counted[node].Op.Macs(counted[node].View);
        }

        foreach (var value in touch.Stored)
        {
            var count = Count(value);
            savedParams += parameters[value] > 0 ? parameters[value] - count : 0;
            savedBytes += stored[value]!.Saved(count);
        }

        Resize(touch.Axes, by, 1);
        return new CostSaving(savedMacs, savedParams, savedBytes);
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

        foreach (var value in touch.Stored)
        {
            var count = Count(value);
            if (parameters[value] > 0)
            {
                Params += count - parameters[value];
                parameters[value] = count;
            }

            StoredBytes -= stored[value]!.Saved(count);
            stored[value] = stored[value]!.With(count);
        }
    }

    private void Resize(ImmutableArray<(int Place, int Value, int Axis)> axes, ReadOnlySpan<int> by, int sign)
    {
        foreach (var (place, value, axis) in axes)
        {
            shapes[value][axis] += sign * by[place];
        }
    }

    private long Count(int value) => TensorData.Count(ImmutableCollectionsMarshal.AsImmutableArray(shapes[value]));

    // A view on the present shape: nobody keeps it beyond one question to an operator.
    private ImmutableArray<int> ShapeOf(string value) =>
        numbers.TryGetValue(value, out var number) ? ImmutableCollectionsMarshal.AsImmutableArray(shapes[number]) : default;

    private void AddNode(NodeView view, Operator op)
    {
        var values = view.Node.Inputs.Concat(view.Node.Outputs).Where(value => value.Length > 0).Distinct().ToArray();
        if (!values.All(numbers.ContainsKey) || op.Macs(view) is not (> 0 and var cost))
        {
            return;
        }

        foreach (var value in values)
        {
            nodesOf[numbers[value]].Add(counted.Count);
        }

        counted.Add((view, op));
        macs.Add(cost);
        Macs += cost;
    }
}
