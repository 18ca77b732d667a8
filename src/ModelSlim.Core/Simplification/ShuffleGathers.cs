using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Simplification;

/// <summary>
/// Puts a Gather in the place of Reshape, Transpose, Reshape that together put the channels of one axis in another order, as a channel
/// shuffle (Zhang et al. 2018) does. Split in two axes, channels could only go by rows and columns; a Gather of stored places lets each go
/// by itself, also where what was shuffled is cut in half, joined with others and shuffled again. What is computed stays the same.
/// </summary>
public sealed class ShuffleGathers
{
    private const int Longest = 6;

    private readonly GraphIndex index;
    private readonly ValueTrace trace;
    private readonly ShapeOrigins origins;
    private readonly FixedExtents extents;
    private readonly bool onlyBatchIsOpen;

    /// <summary>Looks at a traced graph.</summary>
    public ShuffleGathers(GraphIndex index, ValueTrace trace, OperatorCatalog catalog)
    {
        this.index = index;
        this.trace = trace;
        origins = new ShapeOrigins(index, trace, catalog);
        extents = new FixedExtents(index, trace, catalog, origins);
        onlyBatchIsOpen = index.Graph.Inputs.All(input => !input.Shape.IsDefault && input.Shape.Skip(1).All(axis => axis.Extent is not null));
    }

    /// <summary>Makes the graph with such Gathers.</summary>
    /// <returns>That graph; the same object where nothing is shuffled.</returns>
    public Graph Apply()
    {
        var graph = new SimpleGraph(index);
        var changed = false;
        foreach (var node in index.Graph.Nodes)
        {
            if (Shuffle(node) is not var (source, axis, places))
            {
                graph.Keep(node);
                continue;
            }

            var indices = graph.Store($"{node.Outputs[0]}/places", TensorData.From([places.Length], places.AsSpan()));
            graph.Keep(new Node { Name = node.Name, OpType = "Gather", Inputs = [source, indices], Outputs = node.Outputs }
                .With("axis", new AttributeValue.Int(axis)));
            changed = true;
        }

        return changed ? graph.Finish() : index.Graph;
    }

    // The longest chain that ends in the node and does nothing but put one axis in another order.
    private (string Source, int Axis, ImmutableArray<long> Places)? Shuffle(Node last)
    {
        if (!IsStep(last) || last.OpType != "Reshape" || !trace.Shapes.TryGetValue(last.Outputs[0], out var shape))
        {
            return null;
        }

        (string Source, int Axis, ImmutableArray<long> Places)? found = null;
        var chain = new List<Node>();
        for (var node = last; chain.Count < Longest && node is not null && IsStep(node) && trace.Movements.ContainsKey(node.Outputs[0]);)
        {
            chain.Add(node);
            var source = node.Inputs[0];
            if (chain.Any(step => step.OpType == "Transpose")
                && trace.Shapes.TryGetValue(source, out var from) && from.SequenceEqual(shape)
                && AxisOrder.Of(shape, [.. chain.Select(step => trace.Movements[step.Outputs[0]])]) is var (axis, places)
                && chain.Where(step => step.OpType == "Reshape").All(step => HoldsAtAllSizes(step, source, axis)))
            {
                found = (source, axis, places);
            }

            node = index.Producer(source);
        }

        return found;
    }

    private static bool IsStep(Node node) => node is { Domain: "", OpType: "Reshape" or "Transpose" };

    // Where sizes are open, what is shuffled must have the same extent at all of them, and the targets must copy the others.
    private bool HoldsAtAllSizes(Node reshape, string source, int axis)
    {
        if (origins.HasFixedSize(source))
        {
            return true;
        }

        var target = reshape.Inputs.Length > 1 ? reshape.Inputs[1] : "";
        var stated = index.Constant(target) is { } constant ? [.. constant.ToInt64s()] : origins.Integers(target)?.Values ?? default;
        if (stated.IsDefault || !extents.Has(new AxisRef(source, axis)))
        {
            return false;
        }

        // The axis is split in as many as there are more of in the target. Where only the batch is open, a number says what it said.
        var more = stated.Length - trace.Shape(source).Length;
        return Enumerable.Range(0, stated.Length).All(place =>
        {
            var measures = origins.Of(target, place).Measures.SelectMany(measure => origins.Measures[measure]).ToArray();
            var copied = new AxisRef(source, place < axis ? place : place - more);
            return place >= axis && place <= axis + more
                ? stated[place] != 0 && measures.All(extents.Has)
                : extents.Has(copied) || stated[place] == -1 || (onlyBatchIsOpen && place > 0 && measures.Length == 0) || (stated[place] == 0 && place < axis)
                    || (origins.Of(target, place).IsCopy && measures is [var measured] && measured == copied);
        });
    }
}
