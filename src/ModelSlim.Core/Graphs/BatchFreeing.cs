using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Graphs;

/// <summary>
/// Frees the batch axis of a model that was exported for one batch size: axis 0 of inputs and outputs becomes a symbol, and
/// constant shapes of Reshape that state the traced batch copy it from their input instead.
/// </summary>
public sealed class BatchFreeing
{
    private const string Symbol = "batch";

    /// <summary>
    /// The graph for any batch size, as far as its form tells; whoever uses it proves that it gives each sample what the
    /// sample alone gives. Null where inputs have no common axis 0.
    /// </summary>
    public Graph? Free(Graph graph, ValueTrace trace)
    {
        var batches = graph.Inputs
            .Select(input => trace.Shapes.TryGetValue(input.Name, out var shape) && shape.Length > 0 ? shape[0] : -1).Distinct().ToArray();
        if (batches is not [> 0 and var batch])
        {
            return null;
        }

        var index = new GraphIndex(graph);
        var initializers = graph.Initializers.ToBuilder();
        ImmutableArray<Node> nodes = [.. graph.Nodes.Select(node => Follow(node, index, trace, batch, initializers))];
        return graph with
        {
            Inputs = [.. graph.Inputs.Select(input => Release(input, trace))],
            Outputs = [.. graph.Outputs.Select(output => Release(output, trace))],
            Nodes = nodes,
            Initializers = initializers.ToImmutable(),
        };
    }

    private static GraphValue Release(GraphValue value, ValueTrace trace)
    {
        if (!trace.Shapes.TryGetValue(value.Name, out var traced) || traced.Length == 0)
        {
            return value;
        }

        ImmutableArray<Dimension> declared =
            value.Shape.IsDefault ? [.. traced.Select(extent => new Dimension(extent, null))] : value.Shape;
        return value with { Shape = declared.SetItem(0, new Dimension(null, Symbol)) };
    }

    private static Node Follow(
        Node node, GraphIndex index, ValueTrace trace, int batch, ImmutableDictionary<string, TensorData>.Builder initializers)
    {
        if (node.OpType != "Reshape" || node.Domain.Length > 0 || index.Constant(node.Input(1)) is not { } constant)
        {
            return node;
        }

        var stated = constant.ToInt64s();
        var fromBatch = trace.Shapes.TryGetValue(node.Inputs[0], out var shape) && shape.Length > 0 && shape[0] == batch;
        if (stated.Length == 0 || stated[0] != batch || !fromBatch || node.GetInt("allowzero", 0) != 0)
        {
            return node;
        }

        // 0 copies the extent of the same axis of the input.
        stated[0] = 0;
        var name = $"{node.Inputs[1]}/{Symbol}/{node.Outputs[0]}";
        initializers[name] = TensorData.From([stated.Length], stated);
        return node with { Inputs = node.Inputs.SetItem(1, name) };
    }
}
