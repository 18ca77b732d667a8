using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Graphs;

/// <summary>
/// Lets a graph that was exported with a fixed batch run at any batch size: axis 0 of inputs and outputs becomes a symbol, and
/// constant Reshape targets no longer state the batch. Whether the result is right for more than the traced batch is for the
/// caller to prove by running it.
/// </summary>
public sealed class BatchFree
{
    private const string Symbol = "batch";

    /// <summary>Frees the batch axis.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="trace">Its trace.</param>
    /// <returns>The graph for any batch size; weights and node names stay. Null where inputs disagree about the batch or it is 0.</returns>
    public Graph? Free(Graph graph, ValueTrace trace)
    {
        var batches = graph.Inputs.Select(input => trace.Shape(input.Name)).ToArray();
        if (batches.Length == 0 || batches.Any(shape => shape.IsEmpty || shape[0] < 1 || shape[0] != batches[0][0]))
        {
            return null;
        }

        var batch = batches[0][0];
        var index = new GraphIndex(graph);
        var initializers = graph.Initializers;
        var nodes = ImmutableArray.CreateBuilder<Node>(graph.Nodes.Length);
        foreach (var node in graph.Nodes)
        {
            if (node is { OpType: "Reshape", Domain: "" } && Rewritten(node, index, trace, batch) is { } target)
            {
                // The target may serve other nodes too, so this one gets its own.
                var name = $"{node.Outputs[0]}/{Symbol}-free-shape";
                initializers = initializers.SetItem(name, target);
                nodes.Add(node with { Inputs = node.Inputs.SetItem(1, name) });
            }
            else
            {
                nodes.Add(node);
            }
        }

        return graph with
        {
            Inputs = [.. graph.Inputs.Select(input => Freed(input, trace, batch))],
            Outputs = [.. graph.Outputs.Select(output => Freed(output, trace, batch))],
            Nodes = nodes.MoveToImmutable(),
            Initializers = initializers,
        };
    }

    private static TensorData? Rewritten(Node node, GraphIndex index, ValueTrace trace, int batch)
    {
        if (index.Constant(node.Input(1)) is not { } constant
            || !trace.Shapes.TryGetValue(node.Inputs[0], out var from)
            || !trace.Shapes.TryGetValue(node.Outputs[0], out var to)
            || from.IsEmpty || to.IsEmpty || from[0] % batch != 0 || to[0] % batch != 0)
        {
            return null;
        }

        var target = constant.ToInt64s();
        if (target[0] <= 0)
        {
            return null;
        }

        if (to[0] == from[0])
        {
            // 0 takes the extent of the input, unless the node reads it as an extent of 0.
            if (node.GetInt("allowzero", 0) == 0)
            {
                target[0] = 0;
            }
            else if (!target.Contains(-1))
            {
                target[0] = -1;
            }
        }
        else if (!target.Contains(-1))
        {
            target[0] = -1;
        }

        return TensorData.From([target.Length], target);
    }

    private static GraphValue Freed(GraphValue value, ValueTrace trace, int batch)
    {
        if (value.Shape.IsDefaultOrEmpty
            || !trace.Shapes.TryGetValue(value.Name, out var traced) || traced.IsEmpty || traced[0] % batch != 0)
        {
            return value;
        }

        // An output axis that holds several places a sample is no multiple of the symbol that a reader could check.
        var freed = traced[0] == batch ? new Dimension(null, Symbol) : new Dimension(null, null);
        return value with { Shape = value.Shape.SetItem(0, freed) };
    }
}
