using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Pruning;

/// <summary>
/// Where cuts do something: at nodes whose stored tensors get shorter, and at nodes where removed channels end, since they sum over
/// them or mix them. Whatever else a model does is the same before and after, so a cut that is right at these nodes is right.
/// </summary>
public sealed class CutSites
{
    /// <summary>Finds them.</summary>
    public CutSites(GraphIndex index, ValueTrace trace, ChannelCuts cuts, OperatorCatalog catalog)
    {
        var cutValues = cuts.Kept.Keys.Select(axis => axis.Value).ToHashSet(StringComparer.Ordinal);
        bool IsReal(string value) => value.Length > 0 && trace.Types.TryGetValue(value, out var type)
            && type is ElementType.Float or ElementType.Double or ElementType.Float16 or ElementType.BFloat16;
        var touched = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        var read = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        var sums = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var node in index.Graph.Nodes)
        {
            if (!node.Inputs.Any(cutValues.Contains) || catalog.Find(node) is not { } op)
            {
                continue;
            }

            var view = NodeView.Of(node, index, trace);
            bool IsCut(AxisRef axis) => cuts.Of(axis.Value, axis.Axis) is not null;
            string[] ended = op.Relate(view).OfType<AxisRelation.Mixed>().Any(mixed => IsCut(mixed.Axis))
                ? [.. node.Inputs.Where(cutValues.Contains)]
                : [.. op.Contracted(view).Where(IsCut).Select(axis => axis.Value)];
            if (ended.Length > 0 || node.Inputs.Any(input => cutValues.Contains(input) && view.IsStored(input)))
            {
                touched.UnionWith(node.Outputs.Where(IsReal));
                read.UnionWith(ended.Where(value => !view.IsStored(value) && IsReal(value)));
                if (ended.Distinct().ToArray() is [var summed] && read.Contains(summed)
                    && node.Inputs.Count(IsReal) == 1 && !node.Outputs.Any(cutValues.Contains))
                {
                    sums.AddRange(node.Outputs.Where(IsReal).Select(output => KeyValuePair.Create(output, summed)));
                }
            }
        }

        (Touched, Read, Sums) = (touched.ToImmutable(), read.ToImmutable(), sums.ToImmutable());
    }

    /// <summary>Values of real numbers that such nodes put out.</summary>
    public ImmutableSortedSet<string> Touched { get; }

    /// <summary>Computed values of real numbers whose removed channels end in one of these nodes.</summary>
    public ImmutableSortedSet<string> Read { get; }

    /// <summary>
    /// Those that such nodes put out which only add up or average removed channels of one value, and that value. Where its elements
    /// cancel each other, as those of a normalized value do, what is left of them is nothing but rounding.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Sums { get; }
}
