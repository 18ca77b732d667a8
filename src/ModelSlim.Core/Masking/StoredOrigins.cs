using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Masking;

/// <summary>
/// Follows values back to the stored tensors whose numbers they have, through nodes that only move numbers or store them as others, as
/// Transpose, Split, Identity and Cast do: where a number is zero there, it is zero in the value.
/// </summary>
/// <param name="index">The graph.</param>
/// <param name="trace">Its trace.</param>
/// <param name="catalog">What is known about operators.</param>
internal sealed class StoredOrigins(GraphIndex index, ValueTrace trace, OperatorCatalog catalog)
{
    private readonly HashSet<string> constant = Constant(index);

    /// <summary>The stored tensors behind a value of real numbers.</summary>
    public ImmutableArray<StoredOrigin> Of(string value)
    {
        if (index.Graph.Initializers.TryGetValue(value, out var tensor))
        {
            return tensor is { IsFloatingPoint: true, Shape.Length: > 1 }
                ? [new StoredOrigin(value, [.. Enumerable.Range(0, tensor.Shape.Length).Select(axis => (int?)axis)])]
                : [];
        }

        return index.Producer(value) is { } node && constant.Contains(value) && catalog.Movement(node) is { } movement
            ? [.. movement.Sources.Where(source => node.Input(source).Length > 0).SelectMany(source => Through(node, node.Inputs[source], value))]
            : [];
    }

    private IEnumerable<StoredOrigin> Through(Node node, string source, string value)
    {
        if (!trace.Shapes.TryGetValue(value, out var shape) || !trace.Shapes.ContainsKey(source))
        {
            return [];
        }

        AxisRelation[] relations = [.. catalog.Find(node)!.Relate(NodeView.Of(node, index, trace))];
        ImmutableArray<int?> axes = [.. Enumerable.Range(0, shape.Length).Select(axis => Same(relations, new AxisRef(value, axis), source))];
        return Of(source).Select(origin => origin with { Axes = [.. axes.Select(axis => axis is { } known ? origin.Axes[known] : null)] });
    }

    // The axis of the source that has index i where that of the value does.
    private static int? Same(AxisRelation[] relations, AxisRef axis, string source) => relations.Select(relation => relation switch
    {
        AxisRelation.Tied tie when tie.One == axis && tie.Other.Value == source => tie.Other.Axis,
        AxisRelation.Tied tie when tie.Other == axis && tie.One.Value == source => tie.One.Axis,
        AxisRelation.Moved moved when moved.To == axis && moved.From.Value == source && moved.Places.Index().All(place => place.Item == place.Index) => moved.From.Axis,
        _ => (int?)null,
    }).FirstOrDefault(found => found is not null);

    // What depends on an input, as the rows of a table that a sample asks for, is no weight.
    private static HashSet<string> Constant(GraphIndex index)
    {
        var found = index.Constants.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var node in index.Graph.Nodes.Where(node => !node.Subgraphs.Any() && node.Inputs.Any(input => input.Length > 0)))
        {
            if (node.Inputs.All(input => input.Length == 0 || found.Contains(input)))
            {
                found.UnionWith(node.Outputs);
            }
        }

        return found;
    }
}
