using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Simplification;

/// <summary>Tells which axes have the same extent at all sizes of the inputs: those that follow from stored tensors, as channels do.</summary>
internal sealed class FixedExtents
{
    private readonly HashSet<AxisRef> extents = [];

    /// <summary>Goes through a traced graph.</summary>
    public FixedExtents(GraphIndex index, ValueTrace trace, OperatorCatalog catalog, ShapeOrigins origins)
    {
        foreach (var (name, tensor) in index.Constants)
        {
            extents.UnionWith(Enumerable.Range(0, tensor.Shape.Length).Select(axis => new AxisRef(name, axis)));
        }

        foreach (var input in index.Graph.Inputs.Where(input => !input.Shape.IsDefault))
        {
            extents.UnionWith(Enumerable.Range(0, input.Shape.Length).Where(axis => input.Shape[axis].Extent is not null).Select(axis => new AxisRef(input.Name, axis)));
        }

        foreach (var node in index.Graph.Nodes.Where(node => node.Inputs.Concat(node.Outputs).All(name => name.Length == 0 || trace.Shapes.ContainsKey(name))))
        {
            var relations = catalog.Find(node)?.Relate(NodeView.Of(node, index, trace, origins)).Where(relation => relation is not AxisRelation.Frozen).ToArray() ?? [];
            foreach (var output in node.Outputs.Where(output => output.Length > 0))
            {
                extents.UnionWith(Enumerable.Range(0, trace.Shape(output).Length).Select(axis => new AxisRef(output, axis)).Where(axis => Follows(axis, node, relations)));
            }
        }
    }

    /// <summary>True where an axis has the same extent at all sizes of the inputs.</summary>
    public bool Has(AxisRef axis) => extents.Contains(axis);

    // It is made of axes of inputs, and all of those are fixed.
    private bool Follows(AxisRef axis, Node node, AxisRelation[] relations)
    {
        var sources = relations.SelectMany(relation => relation is AxisRelation.Split split ? split.Otherwise : [relation])
            .Where(relation => relation.Axes.Contains(axis)).SelectMany(relation => relation.Axes)
            .Where(source => source != axis && node.Inputs.Contains(source.Value)).ToArray();
        return sources.Length > 0 && sources.All(extents.Contains);
    }
}
