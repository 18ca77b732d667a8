using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Lossless;

/// <summary>
/// A place where channels are summed over: zeros there are what a cut means (<see cref="Pruning.ChannelMask"/>).
/// </summary>
/// <param name="View">The node that sums.</param>
/// <param name="Axis">The axis of an input that is summed over.</param>
/// <param name="IsStored">True where that input is a stored tensor.</param>
/// <param name="Weighing">What the stored tensor weighs; null where it is not known.</param>
/// <param name="Data">The axis of the input that it weighs.</param>
internal sealed record ReadSite(NodeView View, AxisRef Axis, bool IsStored, Weighing? Weighing, AxisRef? Data)
{
    /// <summary>Every such place of a graph.</summary>
    public static IEnumerable<ReadSite> Of(GraphIndex index, ValueTrace trace, OperatorCatalog catalog)
    {
        foreach (var node in index.Graph.Nodes)
        {
            var traced = node.Inputs.Concat(node.Outputs).All(value => value.Length == 0 || trace.Shapes.ContainsKey(value));
            foreach (var site in traced && catalog.Find(node) is { } op ? Of(NodeView.Of(node, index, trace), op) : [])
            {
                yield return site;
            }
        }
    }

    private static IEnumerable<ReadSite> Of(NodeView view, Operator op)
    {
        var summed = op.Contracted(view).Distinct().ToArray();
        if (summed.Length == 0)
        {
            yield break;
        }

        var stored = summed.Where(axis => view.IsStored(axis.Value)).ToHashSet();
        var pairs = op.Relate(view).OfType<AxisRelation.Tied>().ToArray();
        AxisRef? Partner(AxisRef axis) => summed.Cast<AxisRef?>().FirstOrDefault(other =>
            Array.Exists(pairs, pair => (pair.One == axis && pair.Other == other) || (pair.Other == axis && pair.One == other)));
        foreach (var axis in summed)
        {
            var partner = Partner(axis);
            if (!stored.Contains(axis))
            {
                // Zeros on one side of a sum suffice.
                if (partner is not { } side || !stored.Contains(side))
                {
                    yield return new ReadSite(view, axis, false, null, null);
                }

                continue;
            }

            var weighing = op.Weighings(view).FirstOrDefault(weighing =>
                view.Node.Input(weighing.Weights) == axis.Value && view.Node.Input(weighing.Data) == partner?.Value);
            yield return new ReadSite(view, axis, true, weighing, weighing is null ? null : partner);
        }
    }
}
