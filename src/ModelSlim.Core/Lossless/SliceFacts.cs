using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Lossless;

/// <summary>
/// What can be told of slices of values without running the model: which are equal whatever the inputs, and which do not depend
/// on the inputs at all. A slice of an output is decided by the slices of the inputs that the operator relates to it.
/// </summary>
internal sealed class SliceFacts
{
    private readonly GraphIndex index;
    private readonly Dictionary<AxisRef, int[]> twins = [];
    private readonly Dictionary<AxisRef, bool[]> settled = [];
    private readonly HashSet<string> settledValues = new(StringComparer.Ordinal);
    private readonly HashSet<string> noted = new(StringComparer.Ordinal);

    /// <summary>Looks at every node once.</summary>
    public SliceFacts(GraphIndex index, ValueTrace trace, OperatorCatalog catalog)
    {
        this.index = index;
        Stored = new StoredSlices(index);
        foreach (var node in index.Graph.Nodes)
        {
            var traced = node.Inputs.Concat(node.Outputs).All(value => value.Length == 0 || trace.Shapes.ContainsKey(value));
            if (catalog.Find(node) is { } op && traced && node.Inputs.Any(Knows))
            {
                new NodeSlices(NodeView.Of(node, index, trace), op, this, trace).Note();
            }
        }
    }

    /// <summary>Slices of stored tensors.</summary>
    public StoredSlices Stored { get; }

    /// <summary>The first index of the axis whose slice is always equal to that of <paramref name="place"/>.</summary>
    public int Twin(AxisRef axis, int place) => twins.TryGetValue(axis, out var found) ? found[place]
        : index.Constant(axis.Value) is not null ? Stored.Twins(axis)[place]
        : place;

    /// <summary>False where no two slices of an axis are known to be equal.</summary>
    public bool HasTwins(AxisRef axis) => twins.ContainsKey(axis) || index.Constant(axis.Value) is not null;

    /// <summary>True where a slice does not depend on the inputs of the model.</summary>
    public bool IsSettled(AxisRef axis, int place) =>
        IsSettled(axis.Value) || (settled.TryGetValue(axis, out var found) && found[place]);

    /// <summary>True where a value does not depend on the inputs of the model.</summary>
    public bool IsSettled(string value) => index.Constant(value) is not null || settledValues.Contains(value);

    /// <summary>Notes that a value does not depend on the inputs.</summary>
    public void Settle(string value) => settledValues.Add(value);

    /// <summary>Notes what is known of the slices of an axis.</summary>
    public void Note(AxisRef axis, int[] twinsOfAxis, bool[] settledOnAxis)
    {
        if (Array.TrueForAll(settledOnAxis, known => !known) && twinsOfAxis.Index().All(twin => twin.Index == twin.Item))
        {
            return;
        }

        noted.Add(axis.Value);
        twins[axis] = twinsOfAxis;
        settled[axis] = settledOnAxis;
        if (Array.TrueForAll(settledOnAxis, known => known))
        {
            Settle(axis.Value);
        }
    }

    /// <summary>False for a value that nothing is known of; a node of such values gives such values.</summary>
    public bool Knows(string value) => noted.Contains(value) || IsSettled(value);
}
