using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Masking;

/// <summary>Finds the weights whose numbers may become zero: those that a node multiplies and adds up with.</summary>
/// <param name="catalog">What is known about operators.</param>
public sealed class MaskableWeights(OperatorCatalog catalog)
{
    /// <summary>Finds them, in the order in which they are used.</summary>
    /// <param name="index">The graph.</param>
    /// <param name="trace">Its trace.</param>
    /// <param name="ignored">Values that must not change.</param>
    public ImmutableArray<MaskableWeight> Find(GraphIndex index, ValueTrace trace, IReadOnlySet<string> ignored) =>
    [
        .. index.Graph.Nodes
            .Where(node => !node.Outputs.Any(ignored.Contains)
                && node.Inputs.Concat(node.Outputs).All(value => value.Length == 0 || trace.Shapes.ContainsKey(value)))
            .SelectMany(node => Of(node, index, trace))
            .Where(weight => !ignored.Contains(weight.Name))
            .DistinctBy(weight => weight.Name, StringComparer.Ordinal),
    ];

    private IEnumerable<MaskableWeight> Of(Node node, GraphIndex index, ValueTrace trace)
    {
        var view = NodeView.Of(node, index, trace);
        if (catalog.Find(node) is not { } known || known.Macs(view) == 0)
        {
            return [];
        }

        AxisRef[] summed = [.. known.Contracted(view)];
        return summed.Select(axis => axis.Value).Concat(known.Weighings(view).Select(weighing => node.Inputs[weighing.Weights]))
            .Where(value => index.Graph.Initializers.TryGetValue(value, out var tensor) && tensor.IsFloatingPoint && tensor.Shape.Length > 1)
            .Select(value => new MaskableWeight(value, summed.Where(axis => axis.Value == value).Select(axis => (int?)axis.Axis).FirstOrDefault()));
    }
}
