using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Graphs;

/// <summary>Traces made by hand: shapes as a builder knows them, and movements worked out here.</summary>
internal static class HandTrace
{
    /// <summary>A trace that knows some shapes and nothing else.</summary>
    public static ValueTrace Of(params (string Name, int[] Shape)[] shapes) => new()
    {
        Shapes = shapes.ToImmutableDictionary(s => s.Name, s => s.Shape.ToImmutableArray()),
        Types = shapes.ToImmutableDictionary(s => s.Name, _ => ElementType.Float),
        Integers = ImmutableDictionary<string, ImmutableArray<long>>.Empty,
        Movements = ImmutableDictionary<string, Movement>.Empty,
    };

    /// <summary>The trace of a graph that a builder made with the shape of every value.</summary>
    public static ValueTrace Of(Graph graph, ModelBuilder builder)
    {
        var names = graph.Inputs.Select(input => input.Name)
            .Concat(graph.Initializers.Keys)
            .Concat(graph.Nodes.SelectMany(node => node.Outputs));
        var trace = new ValueTrace
        {
            Shapes = names.ToImmutableDictionary(name => name, builder.Shape),
            Types = names.ToImmutableDictionary(name => name, name => graph.Initializers.GetValueOrDefault(name)?.Type ?? ElementType.Float),
            Integers = ImmutableDictionary<string, ImmutableArray<long>>.Empty,
            Movements = graph.Nodes.Where(node => OperatorCatalog.Standard.Movement(node) is { IntegersOnly: false })
                .ToImmutableDictionary(node => node.Outputs[0], node => Move(node, builder.Shape(node.Inputs[0]))),
        };
        return trace with
        {
            Shapes = trace.Shapes.AddRange(
                from node in graph.Nodes
                let view = NodeView.Of(node, new GraphIndex(graph), trace)
                from inner in OperatorCatalog.Standard.Find(node)?.Inner(view) ?? []
                select KeyValuePair.Create(view.Inner(inner.Name).Value, ImmutableArray.Create(inner.Extent))),
        };
    }

    /// <summary>How Transpose moves elements.</summary>
    public static Movement Transpose(ImmutableArray<int> shape, ReadOnlySpan<int> order)
    {
        var moved = new int[TensorData.Count(shape)];
        for (var element = 0; element < moved.Length; element++)
        {
            var (rest, position) = (element, 0);
            for (var axis = order.Length - 1; axis >= 0; axis--)
            {
                (rest, var index) = Math.DivRem(rest, shape[order[axis]]);
                position += index * (int)TensorData.Count(shape[(order[axis] + 1)..]);
            }

            moved[element] = position;
        }

        return new Movement([.. new int[moved.Length]], [.. moved]);
    }

    /// <summary>How Reshape and its like move that many elements: not at all.</summary>
    public static Movement Stay(int elements) => new([.. new int[elements]], [.. Enumerable.Range(0, elements)]);

    private static Movement Move(Node node, ImmutableArray<int> shape) => node.OpType == "Transpose"
        ? Transpose(shape, [.. node.GetInts("perm").Select(axis => (int)axis)])
        : Stay((int)TensorData.Count(shape));
}
