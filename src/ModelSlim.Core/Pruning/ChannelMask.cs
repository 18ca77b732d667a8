using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Pruning;

/// <summary>
/// Masks in the original what a plan removes: wherever a removed channel is summed over, its weights become zero, and a node
/// whose channels influence each other (<see cref="AxisRelation.Mixed"/>) sees only those that stay. The masked original and the
/// slim model then give the same outputs.
/// </summary>
/// <param name="catalog">What is known about operators.</param>
/// <param name="largestCopy">
/// Most bytes of a weight that is copied to be zeroed: where a larger one meets a computed value, that value becomes zero instead,
/// which gives the same sums.
/// </param>
public sealed class ChannelMask(OperatorCatalog catalog, long largestCopy = 1L << 24)
{
    /// <summary>
    /// The masked original. A node that sums over a removed channel without any stored weight, as a product of two computed
    /// values does, gets a Mul by zeros and ones before that input.
    /// </summary>
    public Graph Apply(GraphIndex index, ValueTrace trace, ChannelCuts cuts)
    {
        var editor = new MaskedGraph(index, trace, cuts);
        var origins = new ShapeOrigins(index, trace, catalog);
        var cutValues = cuts.Kept.Keys.Select(axis => axis.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var node in index.Graph.Nodes)
        {
            if (node.Inputs.Any(cutValues.Contains) && catalog.Find(node) is { } op)
            {
                Mask(editor, op, NodeView.Of(node, index, trace, origins), index, cuts);
            }
            else
            {
                editor.Add(node);
            }
        }

        return editor.Finish();
    }

    private void Mask(MaskedGraph editor, Operator op, NodeView view, GraphIndex index, ChannelCuts cuts)
    {
        var relations = op.Relate(view).ToArray();
        if (relations.Any(relation => relation is AxisRelation.Mixed(var axis, _) && cuts.Of(axis.Value, axis.Axis) is not null))
        {
            editor.AddRestricted(op, view);
            return;
        }

        var summed = op.Contracted(view).Where(axis => cuts.Of(axis.Value, axis.Axis) is not null).Distinct().ToArray();
        var (stored, computed) = (summed.Where(axis => view.IsStored(axis.Value)).ToArray(), summed.Where(axis => !view.IsStored(axis.Value)).ToArray());
        var tied = relations.OfType<AxisRelation.Tied>().SelectMany(pair => new[] { (pair.One, pair.Other), (pair.Other, pair.One) }).ToHashSet();

        // Zeros on one side of a sum suffice.
        var (gated, met) = (new HashSet<AxisRef>(), new HashSet<AxisRef>());
        foreach (var axis in stored)
        {
            var partners = computed.Where(other => tied.Contains((axis, other))).ToArray();
            if (partners.Length > 0 && index.Constant(axis.Value)!.Bytes.Length > largestCopy)
            {
                gated.UnionWith(partners);
            }
            else
            {
                editor.Zero(axis);
                met.UnionWith(partners);
            }
        }

        editor.AddGated(view.Node, computed.Where(axis => gated.Contains(axis) || !met.Contains(axis)));
    }
}
