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
    public ImmutableArray<MaskableWeight> Find(GraphIndex index, ValueTrace trace, IReadOnlySet<string> ignored) => Find([(index, trace)], ignored);

    /// <summary>Finds them in a model that takes one course or another.</summary>
    /// <param name="courses">The graph of each course; what several store has one name.</param>
    /// <param name="ignored">Values that must not change.</param>
    public ImmutableArray<MaskableWeight> Find(IEnumerable<(GraphIndex Index, ValueTrace Trace)> courses, IReadOnlySet<string> ignored) =>
    [
        .. courses.SelectMany(course => Uses(course.Index, course.Trace, ignored))
            .GroupBy(weight => weight.Name, StringComparer.Ordinal)
            .Select(uses => uses.Aggregate(Both)),
    ];

    // Blocks must lie alike for all that read the weight.
    private static MaskableWeight Both(MaskableWeight one, MaskableWeight other) => one with
    {
        Axis = one.Axis == other.Axis ? one.Axis : null,
        Outputs = one.Outputs == other.Outputs ? one.Outputs : null,
        Obstacle = one.Axis == other.Axis ? one.Obstacle ?? other.Obstacle : "layers that share it do not sum over the same axis",
    };

    private IEnumerable<MaskableWeight> Uses(GraphIndex index, ValueTrace trace, IReadOnlySet<string> ignored)
    {
        var origins = new StoredOrigins(index, trace, catalog);
        var kept = ignored.Concat(ignored.SelectMany(value => origins.Of(value)).Select(origin => origin.Name)).ToHashSet(StringComparer.Ordinal);
        return index.Graph.Nodes
            .Where(node => !node.Outputs.Any(ignored.Contains)
                && node.Inputs.Concat(node.Outputs).All(value => value.Length == 0 || trace.Shapes.ContainsKey(value)))
            .SelectMany(node => Of(node, index, trace, origins))
            .Where(weight => !kept.Contains(weight.Name));
    }

    private IEnumerable<MaskableWeight> Of(Node node, GraphIndex index, ValueTrace trace, StoredOrigins origins)
    {
        var view = NodeView.Of(node, index, trace);
        if (catalog.Find(node) is not { } known || known.Macs(view) == 0)
        {
            return [];
        }

        AxisRef[] summed = [.. known.Contracted(view)];
        return summed.Select(axis => axis.Value).Concat(known.Weighings(view).Select(weighing => node.Inputs[weighing.Weights]))
            .Distinct()
            .Where(value => trace.Shape(value).Length > 1)
            .SelectMany(value => origins.Of(value).Select(origin =>
                Weight(value, origin, summed, [.. known.Relate(view).OfType<AxisRelation.Tied>()], node.Outputs[0])));
    }

    private static MaskableWeight Weight(string value, StoredOrigin origin, AxisRef[] summed, AxisRelation.Tied[] ties, string output)
    {
        if (summed.Where(axis => axis.Value == value).Select(axis => (AxisRef?)axis).FirstOrDefault() is not { } own)
        {
            return new MaskableWeight(origin.Name, null);
        }

        if (origin.Axes[own.Axis] is not { } along)
        {
            return new MaskableWeight(origin.Name, null) { Obstacle = "it is taken apart before a layer sums over it" };
        }

        // What else is summed over: where its whole axis meets that of the weight, all outputs read the same.
        var data = summed.Where(axis => axis.Value != value).Select(axis => axis.Value).ToHashSet(StringComparer.Ordinal);
        var isWhole = ties.Any(tie => Other(tie, own) is { } met && data.Contains(met.Value));
        var made = ties.SelectMany(tie => new[] { (From: tie.One, To: tie.Other), (From: tie.Other, To: tie.One) }).Where(tie => tie.To.Value == output).ToArray();
        var outputs = made.Where(tie => tie.From.Value == value && !made.Any(other => other.To == tie.To && data.Contains(other.From.Value)))
            .Select(tie => (int?)tie.From.Axis)
            .Distinct()
            .ToArray();
        return new MaskableWeight(origin.Name, along, isWhole && outputs is [{ } axis] ? origin.Axes[axis] : null);
    }

    private static AxisRef? Other(AxisRelation.Tied tie, AxisRef axis) => tie.One == axis ? tie.Other : tie.Other == axis ? tie.One : (AxisRef?)null;
}
